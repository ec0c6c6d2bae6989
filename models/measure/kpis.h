/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every measured quantity, one line each: the path's last part, shape, unit, whether more is
 * better, and its formula in words. Names follow ISO 22400-2, SEMI E10 and SCOR where the meaning
 * is the same. measure.c fills them in this order. X(ID, name, shape, unit, better, formula) */
#ifndef TAKT_MODELS_MEASURE_KPIS_H
#define TAKT_MODELS_MEASURE_KPIS_H

#include "layout.h"

#define LOT_KPIS(X, SECTION)                                                                       \
    X(SECTION, THROUGHPUT, "throughput", VALUE, PER_HOUR, 1,                                       \
      "pieces finished per hour of measured time")                                                 \
    X(SECTION, OUTPUT, "output", VALUE, PIECES, 1, "pieces finished")                              \
    X(SECTION, WIP, "wip", LEVEL, LOTS, -1, "lots released and not yet finished, over time")       \
    X(SECTION, CYCLE_TIME, "cycle-time", TALLY, HOURS, -1,                                         \
      "from release to finish, of lots finished")                                                  \
    X(SECTION, TIME_QUEUE, "time-in.queue", SUM, HOURS, -1,                                        \
      "part of the cycle time spent waiting before stations, but for batches to form")             \
    X(SECTION, TIME_BATCH, "time-in.batch", SUM, HOURS, -1,                                        \
      "part of the cycle time spent waiting for the other lots of a batch, until it is formed: "   \
      "its minimum has come, with `rule: full` its maximum, or one has waited as long as it may "  \
      "(Factory Physics: wait-to-batch time)")                                                     \
    X(SECTION, TIME_SETUP, "time-in.setup", SUM, HOURS, -1,                                        \
      "part of the cycle time spent on machines being set up")                                     \
    X(SECTION, TIME_WORK, "time-in.work", SUM, HOURS, 0,                                           \
      "part of the cycle time spent being worked")                                                 \
    X(SECTION, TIME_TRANSPORT, "time-in.transport", SUM, HOURS, -1,                                \
      "part of the cycle time spent on lanes between stations, with the wait for a trip")          \
    X(SECTION, TIME_BLOCKED, "time-in.blocked", SUM, HOURS, -1,                                    \
      "part of the cycle time spent on machines for lack of room ahead")                           \
    X(SECTION, TIME_REPAIR, "time-in.repair", SUM, HOURS, -1,                                      \
      "part of the cycle time spent on machines that stood")                                       \
    X(SECTION, TIME_MATERIAL, "time-in.material", SUM, HOURS, -1,                                  \
      "part of the cycle time spent on machines waiting for material, and waiting for parts that " \
      "are made for the lot")                                                                      \
    X(SECTION, TIME_PEOPLE, "time-in.people", SUM, HOURS, -1,                                      \
      "part of the cycle time spent on machines waiting for people")                               \
    X(SECTION, FLOW_FACTOR, "flow-factor", VALUE, DIMENSIONLESS, -1,                               \
      "mean cycle time over mean work of lots finished")                                           \
    X(SECTION, LATENESS, "lateness", SUM, HOURS, -1,                                               \
      "finish less due date, of lots that have one")                                               \
    X(SECTION, TARDINESS, "tardiness", SUM, HOURS, -1, "lateness where it is positive, else 0")    \
    X(SECTION, ON_TIME, "on-time", VALUE, DIMENSIONLESS, 1,                                        \
      "share of lots with a due date that met it")                                                 \
    X(SECTION, SCRAP_RATIO, "scrap-ratio", VALUE, DIMENSIONLESS, -1,                               \
      "pieces scrapped over pieces finished and scrapped")                                         \
    X(SECTION, DEFECT_RATIO, "defect-ratio", VALUE, DIMENSIONLESS, -1,                             \
      "pieces that leave bad, because no inspection found them, over pieces finished")             \
    X(SECTION, REWORK_RATIO, "rework-ratio", VALUE, DIMENSIONLESS, -1,                             \
      "lots reworked at least once over lots finished")                                            \
    X(SECTION, FIRST_PASS, "first-pass", VALUE, DIMENSIONLESS, 1,                                  \
      "share of lots finished whole and without rework")                                           \
    X(SECTION, LATE_STARTS, "late-starts", VALUE, DIMENSIONLESS, -1,                               \
      "limits of `start-within` broken, per lot finished, scrapped or gone")                       \
    X(SECTION, GAVE_UP, "gave-up", VALUE, LOTS, -1,                                                \
      "lots that left unfinished because they had waited too long")

#define LOT_COST_KPIS(X, SECTION)                                                                  \
    X(SECTION, UNIT_COST, "unit-cost", VALUE, MONEY_PER_UNIT, -1,                                  \
      "what is in lots finished, over their pieces: what they used at its standard cost, and "     \
      "`cost` of their steps; hours of machines and wages are of no lot")

#define STOP_KPIS(X, SECTION)                                                                      \
    X(SECTION, COUNT, "count", VALUE, COUNT, -1, "stops of this kind")                             \
    X(SECTION, MTBF, "mtbf", VALUE, HOURS, 1,                                                      \
      "working time of all machines over stops (ISO 22400: mean operating time between failures)") \
    X(SECTION, MTTR, "mttr", SUM, HOURS, -1, "time of the repair or maintenance itself")

/* Measured only when they are asked for: see active.h. */
#define ACTIVE_KPIS(X, SECTION)                                                                    \
    X(SECTION, ACTIVE_SOLE, "active.sole", VALUE, DIMENSIONLESS, 0,                                \
      "share of time with the longest active period, and no other bottleneck's overlaps with it")  \
    X(SECTION, ACTIVE_SHIFTING, "active.shifting", VALUE, DIMENSIONLESS, 0,                        \
      "share of time in such a period while that of another bottleneck overlaps with it")

#define KPIS(X)                                                                                    \
    LOT_KPIS(X, SYSTEM)                                                                            \
    X(SYSTEM, MAKESPAN, "makespan", VALUE, HOURS, -1,                                              \
      "from the start of measuring to the last finish")                                            \
    X(SYSTEM, WIP_TURNS, "wip-turns", VALUE, PER_YEAR, 1,                                          \
      "lots finished a year over mean work in process")                                            \
    X(SYSTEM, UNIT_COST, "unit-cost", VALUE, MONEY_PER_UNIT, -1,                                   \
      "sum of all costs over pieces finished")                                                     \
    X(SYSTEM, ENERGY, "energy", VALUE, ENERGY, -1,                                                 \
      "power of each state of each machine times its time in that state")                          \
    X(SYSTEM, ENERGY_WORKING, "energy-in.working", VALUE, ENERGY, 0,                               \
      "part of the energy drawn by machines at work")                                              \
    X(SYSTEM, ENERGY_SETUP, "energy-in.setup", VALUE, ENERGY, -1,                                  \
      "part of the energy drawn by machines being set up")                                         \
    X(SYSTEM, ENERGY_STARVED, "energy-in.starved", VALUE, ENERGY, -1,                              \
      "part of the energy drawn by machines with nothing to work")                                 \
    X(SYSTEM, ENERGY_BLOCKED, "energy-in.blocked", VALUE, ENERGY, -1,                              \
      "part of the energy drawn by machines with no room ahead")                                   \
    X(SYSTEM, ENERGY_NO_MATERIAL, "energy-in.no-material", VALUE, ENERGY, -1,                      \
      "part of the energy drawn by machines waiting for parts")                                    \
    X(SYSTEM, ENERGY_NO_PEOPLE, "energy-in.no-people", VALUE, ENERGY, -1,                          \
      "part of the energy drawn by machines waiting for people")                                   \
    X(SYSTEM, ENERGY_WAITING_REPAIR, "energy-in.waiting-repair", VALUE, ENERGY, -1,                \
      "part of the energy drawn by machines waiting for the people of a repair")                   \
    X(SYSTEM, ENERGY_FAILED, "energy-in.failed", VALUE, ENERGY, -1,                                \
      "part of the energy drawn by machines stopped by a failure")                                 \
    X(SYSTEM, ENERGY_MAINTENANCE, "energy-in.maintenance", VALUE, ENERGY, -1,                      \
      "part of the energy drawn by machines in maintenance")                                       \
    X(SYSTEM, ENERGY_PREEMPTED, "energy-in.preempted", VALUE, ENERGY, -1,                          \
      "part of the energy drawn by machines kept for a lot on its way")                            \
    X(SYSTEM, ENERGY_OFF_SHIFT, "energy-in.off-shift", VALUE, ENERGY, -1,                          \
      "part of the energy drawn by machines closed")                                               \
    X(SYSTEM, ENERGY_INACTIVE, "energy-in.inactive", VALUE, ENERGY, -1,                            \
      "part of the energy drawn by machines that are not in use")                                  \
    X(SYSTEM, UNIT_ENERGY, "unit-energy", VALUE, ENERGY_PER_UNIT, -1,                              \
      "energy over pieces finished")                                                               \
    X(SYSTEM, CO2, "co2", VALUE, MASS, -1, "energy at `money.energy-co2`, and emissions of lanes") \
    X(SYSTEM, UNIT_CO2, "unit-co2", VALUE, MASS_PER_UNIT, -1, "co2 over pieces finished")          \
    LOT_KPIS(X, ITEMS)                                                                             \
    LOT_COST_KPIS(X, ITEMS)                                                                        \
    LOT_KPIS(X, RELEASES)                                                                          \
    LOT_COST_KPIS(X, RELEASES)                                                                     \
    X(RELEASES, ORDERS, "orders", VALUE, LOTS, 0, "lots that came")                                \
    X(RELEASES, LOST, "lost", VALUE, LOTS, -1, "lots that found no room and were lost")            \
    X(STATIONS, UTILIZATION, "utilization", VALUE, DIMENSIONLESS, 0,                               \
      "time at work or setup over time not off-shift, of all machines (ISO 22400: utilization "    \
      "efficiency over planned time)")                                                             \
    X(STATIONS, WORKING, "states.working", VALUE, DIMENSIONLESS, 0,                                \
      "share of time of all machines at work (E10: productive)")                                   \
    X(STATIONS, SETUP, "states.setup", VALUE, DIMENSIONLESS, -1, "share of time being set up")     \
    X(STATIONS, STARVED, "states.starved", VALUE, DIMENSIONLESS, -1,                               \
      "share of time idle with nothing to work (E10: standby)")                                    \
    X(STATIONS, BLOCKED, "states.blocked", VALUE, DIMENSIONLESS, -1,                               \
      "share of time with a finished part and no room ahead")                                      \
    X(STATIONS, NO_MATERIAL, "states.no-material", VALUE, DIMENSIONLESS, -1,                       \
      "share of time waiting for parts that a step uses")                                          \
    X(STATIONS, NO_PEOPLE, "states.no-people", VALUE, DIMENSIONLESS, -1,                           \
      "share of time waiting for people with work on the machine")                                 \
    X(STATIONS, WAITING_REPAIR, "states.waiting-repair", VALUE, DIMENSIONLESS, -1,                 \
      "share of time stopped and waiting for the people of the repair")                            \
    X(STATIONS, MAINTENANCE, "states.maintenance", VALUE, DIMENSIONLESS, -1,                       \
      "share of all time in maintenance")                                                          \
    X(STATIONS, FAILED, "states.failed", VALUE, DIMENSIONLESS, -1,                                 \
      "share of time stopped by a failure (E10: unscheduled downtime)")                            \
    X(STATIONS, PREEMPTED, "states.preempted", VALUE, DIMENSIONLESS, -1,                           \
      "share of all time idle, kept for a lot on its way while others wait")                       \
    X(STATIONS, OFF_SHIFT, "states.off-shift", VALUE, DIMENSIONLESS, 0,                            \
      "share of time closed (E10: non-scheduled)")                                                 \
    X(STATIONS, AVAILABILITY, "availability", VALUE, DIMENSIONLESS, 1,                             \
      "1 - downtime over time not off-shift, of all machines; downtime is failed, waiting for "    \
      "repair, maintenance and setup (E10: scheduled and unscheduled downtime)")                   \
    X(STATIONS, EFFECTIVENESS, "effectiveness", VALUE, DIMENSIONLESS, 1,                           \
      "time at work over time neither off-shift nor down; work that an interruption made in vain " \
      "is not counted (OEE: performance)")                                                         \
    X(STATIONS, QUALITY, "quality", VALUE, DIMENSIONLESS, 1,                                       \
      "pieces neither scrapped here nor sent back for rework over pieces worked here (ISO 22400: " \
      "quality ratio)")                                                                            \
    X(STATIONS, OEE, "oee", VALUE, DIMENSIONLESS, 1,                                               \
      "availability times effectiveness times quality: overall equipment effectiveness")           \
    X(STATIONS, SETUP_RATIO, "setup-ratio", VALUE, DIMENSIONLESS, -1,                              \
      "setup time over setup and work time (ISO 22400: setup ratio)")                              \
    X(STATIONS, PREEMPTIONS, "preemptions", VALUE, COUNT, 0,                                       \
      "works and setups interrupted by a more urgent lot")                                         \
    X(STATIONS, THROUGHPUT, "throughput", VALUE, PER_HOUR, 1,                                      \
      "pieces worked per hour of measured time (ISO 22400: throughput rate)")                      \
    X(STATIONS, QUEUE_LENGTH, "queue.length", LEVEL, LOTS, -1,                                     \
      "lots that wait before the station, over time")                                              \
    X(STATIONS, QUEUE_WAIT, "queue.wait", TALLY, HOURS, -1,                                        \
      "wait of a lot from its coming to the start of its work, or until it gives up")              \
    X(STATIONS, QUEUE_DELAYED, "queue.delayed", VALUE, DIMENSIONLESS, -1,                          \
      "share of lots whose work did not start in the instant they came (probability of delay)")    \
    X(STATIONS, QUEUE_WORK, "queue.work", LEVEL, HOURS, -1,                                        \
      "work of the lots that wait before the station, over time")                                  \
    X(STATIONS, BATCH_SIZE, "batch.size", SUM, DIMENSIONLESS, 0, "lots or pieces worked together") \
    X(STATIONS, EXPENSE, "expense", VALUE, MONEY, -1,                                              \
      "machine hours of work and setup at their cost")                                             \
    X(STATIONS, ENERGY, "energy", VALUE, ENERGY, -1,                                               \
      "power of each state of its machines times their time in that state")                        \
    ACTIVE_KPIS(X, STATIONS)                                                                       \
    STOP_KPIS(X, FAILURES)                                                                         \
    STOP_KPIS(X, MAINTENANCE)                                                                      \
    X(OWN, UTILIZATION, "utilization", VALUE, DIMENSIONLESS, 0,                                    \
      "time at work or setup over time not off-shift, of this machine")                            \
    X(OWN, WORKING, "states.working", VALUE, DIMENSIONLESS, 0, "share of time at work")            \
    X(OWN, SETUP, "states.setup", VALUE, DIMENSIONLESS, -1, "share of time being set up")          \
    X(OWN, STARVED, "states.starved", VALUE, DIMENSIONLESS, -1,                                    \
      "share of time idle with nothing that it may work")                                          \
    X(OWN, BLOCKED, "states.blocked", VALUE, DIMENSIONLESS, -1,                                    \
      "share of time with a part and no room ahead")                                               \
    X(OWN, NO_MATERIAL, "states.no-material", VALUE, DIMENSIONLESS, -1,                            \
      "share of time waiting for parts that a step uses")                                          \
    X(OWN, NO_PEOPLE, "states.no-people", VALUE, DIMENSIONLESS, -1,                                \
      "share of time waiting for people with work on the machine")                                 \
    X(OWN, WAITING_REPAIR, "states.waiting-repair", VALUE, DIMENSIONLESS, -1,                      \
      "share of time stopped and waiting for the people of the repair")                            \
    X(OWN, FAILED, "states.failed", VALUE, DIMENSIONLESS, -1,                                      \
      "share of time stopped by a failure")                                                        \
    X(OWN, IN_MAINTENANCE, "states.maintenance", VALUE, DIMENSIONLESS, -1,                         \
      "share of time in maintenance")                                                              \
    X(OWN, PREEMPTED, "states.preempted", VALUE, DIMENSIONLESS, -1,                                \
      "share of time idle, kept for a lot on its way while others wait")                           \
    X(OWN, OFF_SHIFT, "states.off-shift", VALUE, DIMENSIONLESS, 0, "share of time closed")         \
    X(OWN, AVAILABILITY, "availability", VALUE, DIMENSIONLESS, 1,                                  \
      "1 - downtime over time not off-shift, as of its station")                                   \
    X(OWN, EFFECTIVENESS, "effectiveness", VALUE, DIMENSIONLESS, 1,                                \
      "time at work, not in vain, over time neither off-shift nor down, as of its station")        \
    X(OWN, QUALITY, "quality", VALUE, DIMENSIONLESS, 1,                                            \
      "pieces neither scrapped here nor sent back for rework over pieces that it worked")          \
    X(OWN, OEE, "oee", VALUE, DIMENSIONLESS, 1,                                                    \
      "availability times effectiveness times quality: overall equipment effectiveness")           \
    X(OWN, SETUP_RATIO, "setup-ratio", VALUE, DIMENSIONLESS, -1,                                   \
      "setup time over setup and work time")                                                       \
    X(OWN, THROUGHPUT, "throughput", VALUE, PER_HOUR, 1, "pieces worked per hour")                 \
    X(OWN, EXPENSE, "expense", VALUE, MONEY, -1, "its hours of work and setup at their cost")      \
    X(OWN, ENERGY, "energy", VALUE, ENERGY, -1,                                                    \
      "power of each of its states times its time in that state")                                  \
    ACTIVE_KPIS(X, OWN)                                                                            \
    X(CARDS, IN_USE, "in-use", LEVEL, COUNT, 0,                                                    \
      "cards on lots and goods, over time; hours of work when they count work")                    \
    X(CARDS, WAIT, "wait", TALLY, HOURS, -1,                                                       \
      "from the coming of a lot that needs a card until it has it")                                \
    X(CREWS, UTILIZATION, "utilization", VALUE, DIMENSIONLESS, 0,                                  \
      "time at machines over time there, of all people")                                           \
    X(CREWS, WAIT, "wait", SUM, HOURS, -1, "wait of work and repairs for people, of each time")    \
    X(CREWS, ABSENT, "absent", VALUE, DIMENSIONLESS, -1,                                           \
      "share of the time of its people in which they are away")                                    \
    X(CREWS, OVERTIME_HOURS, "overtime-hours", VALUE, HOURS, -1,                                   \
      "hours of overtime of all people")                                                           \
    X(CREWS, EXPENSE, "expense", VALUE, MONEY, -1, "wages, with overtime, and hiring")             \
    X(STOCKS, ON_HAND, "on-hand", LEVEL, ITEM_UNITS, 0, "stock there, over time")                  \
    X(STOCKS, OWED, "owed", LEVEL, ITEM_UNITS, -1,                                                 \
      "ordered from it and not yet filled, over time")                                             \
    X(STOCKS, ON_ORDER, "on-order", LEVEL, ITEM_UNITS, 0,                                          \
      "ordered by it and not yet received, over time")                                             \
    X(STOCKS, NET, "net", LEVEL, ITEM_UNITS, 0, "on hand less owed, over time")                    \
    X(STOCKS, FILL, "fill", VALUE, DIMENSIONLESS, 1,                                               \
      "units served at once over units demanded (beta service)")                                   \
    X(STOCKS, READY, "ready", VALUE, DIMENSIONLESS, 1,                                             \
      "share of periods (reviews, or customers' orders) that end with nothing owed (alpha "        \
      "service)")                                                                                  \
    X(STOCKS, GAMMA, "gamma", VALUE, DIMENSIONLESS, 1,                                             \
      "1 - owed at the ends of periods over demand (gamma service)")                               \
    X(STOCKS, STOCK_OUTS, "stock-outs", VALUE, COUNT, -1, "orders that were not filled at once")   \
    X(STOCKS, ORDERED, "ordered", VALUE, ITEM_UNITS, 0, "units ordered by it")                     \
    X(STOCKS, ORDERS, "orders", VALUE, COUNT, 0, "orders placed by it")                            \
    X(STOCKS, BULLWHIP, "bullwhip", VALUE, DIMENSIONLESS, -1,                                      \
      "variance of what it orders at a review over that of what is asked of it between reviews; "  \
      "with `scope: echelon`, of what customers ask")                                              \
    X(STOCKS, NET_BULLWHIP, "net-bullwhip", VALUE, DIMENSIONLESS, -1,                              \
      "variance of net at the ends of periods over that of what is asked of it between reviews "   \
      "(net stock amplification)")                                                                 \
    X(STOCKS, DAYS, "days", VALUE, DAYS, -1,                                                       \
      "mean stock on hand over demand a day (days of supply)")                                     \
    X(STOCKS, TURNS, "turns", VALUE, PER_YEAR, 1, "demand a year over mean stock on hand")         \
    X(STOCKS, ORDERED_NOW, "ordered-now", SUM, ITEM_UNITS, 0, "units ordered at a review")         \
    X(STOCKS, WASTE, "waste", VALUE, ITEM_UNITS, -1,                                               \
      "units thrown away because their shelf life was over")                                       \
    X(STOCKS, EXPENSE, "expense", VALUE, MONEY, -1,                                                \
      "holding on hand and under way, and what is owed, at their cost; to customers with an "      \
      "`owed-cost` of their own at that, which is in their cost-to-serve too")                     \
    X(SUPPLIERS, ORDERS, "orders", VALUE, COUNT, 0, "orders that came")                            \
    X(SUPPLIERS, ORDER_CYCLE, "order-cycle", TALLY, HOURS, -1,                                     \
      "from order to receipt, of what was received")                                               \
    X(SUPPLIERS, ON_TIME, "received-on-time", VALUE, DIMENSIONLESS, 1,                             \
      "share of orders received no later than the mean of lead time, processing and work says")    \
    X(SUPPLIERS, IN_FULL, "received-in-full", VALUE, DIMENSIONLESS, 1,                             \
      "share of orders received with nothing missing and nothing bad")                             \
    X(SUPPLIERS, UP, "up", VALUE, DIMENSIONLESS, 1, "share of time without an outage")             \
    X(SUPPLIERS, SURVIVE, "time-to-survive", SUM, HOURS, 1,                                        \
      "from the beginning of an outage to the first shortage of a stock that he supplies, or to "  \
      "its end")                                                                                   \
    X(SUPPLIERS, RECOVER, "time-to-recover", SUM, HOURS, -1,                                       \
      "from the beginning of an outage that caused a shortage until he is back and no stock that " \
      "he supplies owes anything")                                                                 \
    X(SUPPLIERS, EXPENSE, "expense", VALUE, MONEY, -1, "price and cost of orders, when they come") \
    X(LANES, TRIPS, "trips", VALUE, COUNT, 0, "trips that left")                                   \
    X(LANES, MOVED, "moved", VALUE, ITEM_UNITS, 0, "units that arrived")                           \
    X(LANES, ORDER_CYCLE, "order-cycle", TALLY, HOURS, -1,                                         \
      "from the hand-over of a lot or delivery to its arrival")                                    \
    X(LANES, WAIT, "wait", SUM, HOURS, -1, "part of that before its trip left")                    \
    X(LANES, UNDER_WAY, "under-way", LEVEL, COUNT, 0,                                              \
      "lots and deliveries that were handed over and have not arrived, over time")                 \
    X(LANES, LOAD_FACTOR, "load-factor", VALUE, DIMENSIONLESS, 1,                                  \
      "what trips with a `load` carried over the most that they could carry")                      \
    X(LANES, UP, "up", VALUE, DIMENSIONLESS, 1,                                                    \
      "share of time without a failure; of a lane with modes, of at least one of them")            \
    X(LANES, CO2, "co2", VALUE, MASS, -1, "emissions of its trips")                                \
    X(LANES, TARIFFS, "tariffs", VALUE, MONEY, -1, "share of the worth of what it carried")        \
    X(LANES, EXPENSE, "expense", VALUE, MONEY, -1, "cost of transport, and tariffs")               \
    X(VEHICLES, UTILIZATION, "utilization", VALUE, DIMENSIONLESS, 0,                               \
      "time at work over time, of all vehicles: driving, loading and unloading")                   \
    X(VEHICLES, UP, "up", VALUE, DIMENSIONLESS, 1,                                                 \
      "share of time not broken down, of all vehicles")                                            \
    X(VEHICLES, WAITING_REPAIR, "waiting-repair", VALUE, DIMENSIONLESS, -1,                        \
      "time of being broken down and waiting for people over time, of all vehicles")               \
    X(VEHICLES, NO_PEOPLE, "no-people", VALUE, DIMENSIONLESS, -1,                                  \
      "time of waiting for people who drive it over time, of all vehicles")                        \
    X(VEHICLES, EMPTY, "empty", VALUE, DIMENSIONLESS, -1,                                          \
      "time of driving without cargo over time, of all vehicles")                                  \
    X(VEHICLES, CHARGING, "charging", VALUE, DIMENSIONLESS, -1,                                    \
      "time of being charged over time, of all vehicles; beside that, `utilization` and "          \
      "`no-people` they are free")                                                                 \
    X(VEHICLES, TRIPS, "trips", VALUE, COUNT, 0, "trips with cargo that began")                    \
    X(VEHICLES, MOVED, "moved", VALUE, ITEM_UNITS, 0, "units that arrived")                        \
    X(VEHICLES, LOAD_FACTOR, "load-factor", VALUE, DIMENSIONLESS, 1,                               \
      "what trips carried over the most that they could carry")                                    \
    X(VEHICLES, DISTANCE, "distance", VALUE, DISTANCE, -1,                                         \
      "driven, with cargo and without, as far as it is known")                                     \
    X(VEHICLES, EXPENSE, "expense", VALUE, MONEY, -1, "hours of use and distance at their cost")   \
    X(CUSTOMERS, ORDERS, "orders", VALUE, COUNT, 0, "orders placed")                               \
    X(CUSTOMERS, ORDERED, "ordered", VALUE, ITEM_UNITS, 0, "units ordered")                        \
    X(CUSTOMERS, DEMAND, "demand", SUM, ITEM_UNITS, 0,                                             \
      "units ordered in a period: each order of who orders by the clock, else a day")              \
    X(CUSTOMERS, SERVED, "served", VALUE, ITEM_UNITS, 1, "units delivered")                        \
    X(CUSTOMERS, LOST, "lost", VALUE, ITEM_UNITS, -1, "units not served and lost")                 \
    X(CUSTOMERS, SUBSTITUTED, "substituted", VALUE, ITEM_UNITS, -1,                                \
      "units delivered of another item than was ordered")                                          \
    X(CUSTOMERS, RETURNED, "returned", VALUE, ITEM_UNITS, -1, "units that have come back")         \
    X(CUSTOMERS, GAVE_UP, "gave-up", VALUE, COUNT, -1,                                             \
      "orders that left, whole or in part, because they had waited too long")                      \
    X(CUSTOMERS, OWED, "owed", LEVEL, ITEM_UNITS, -1,                                              \
      "units ordered and not yet delivered, over time")                                            \
    X(CUSTOMERS, FILL, "fill", VALUE, DIMENSIONLESS, 1, "units served at once over units ordered") \
    X(CUSTOMERS, ON_TIME, "on-time", VALUE, DIMENSIONLESS, 1,                                      \
      "share of orders delivered whole by their due date; without one, at once")                   \
    X(CUSTOMERS, IN_FULL, "in-full", VALUE, DIMENSIONLESS, 1,                                      \
      "share of orders ended that were delivered in one piece")                                    \
    X(CUSTOMERS, OTIF, "otif", VALUE, DIMENSIONLESS, 1,                                            \
      "share of orders ended that were on time and in full")                                       \
    X(CUSTOMERS, PERFECT, "perfect-order", VALUE, DIMENSIONLESS, 1,                                \
      "share of orders ended that were on time, in full, of the item ordered, and of which "       \
      "nothing comes back")                                                                        \
    X(CUSTOMERS, ORDER_CYCLE, "order-cycle", TALLY, HOURS, -1, "from order to full delivery")      \
    X(CUSTOMERS, SATISFACTION, "satisfaction", LEVEL, DIMENSIONLESS, 1,                            \
      "mean worth of his orders by `judges`, each weighted by exp(-age / memory), over time")      \
    X(CUSTOMERS, CHURNED, "churned", VALUE, DIMENSIONLESS, -1,                                     \
      "share of the orders that would have come and did not, because customers have left")         \
    X(CUSTOMERS, REVENUE, "revenue", VALUE, MONEY, 1, "units delivered at their price")            \
    X(CUSTOMERS, MARGIN, "margin", VALUE, MONEY, 1, "revenue less the cost of what was delivered") \
    X(CUSTOMERS, LOST_MARGIN, "lost-margin", VALUE, MONEY, -1,                                     \
      "price less standard cost of units lost, when they are lost; no part of `margin`")           \
    X(CUSTOMERS, COST_TO_SERVE, "cost-to-serve", VALUE, MONEY, -1,                                 \
      "transport and tariffs of deliveries, and the cost of what was owed, late or lost")          \
    X(PLANS, NEXT, "next", VALUE, ITEM_UNITS, 0,                                                   \
      "forecast of the next period, at the end of what is measured; the sum of what it is of; of " \
      "sales and operations what is to be made in the period at hand")                             \
    X(PLANS, OVERLOAD, "overload", VALUE, HOURS, -1,                                               \
      "of requirements with `capacity: check`: hours of work beyond those of stations, in all "    \
      "periods of a plan, on average")                                                             \
    X(PLANS, PLANNED_COST, "planned-cost", VALUE, MONEY, -1,                                       \
      "of sales and operations: cost of all periods of the plan, as computed last")                \
    X(PLANS, ERROR, "error", VALUE, DIMENSIONLESS, -1,                                             \
      "mean of |forecast - seen| / seen, of periods that saw any: one period ahead (MAPE)")        \
    X(PLANS, BIAS, "bias", VALUE, DIMENSIONLESS, 0, "sum of forecast - seen over sum of seen")     \
    X(PLANS, ADHERENCE, "adherence", VALUE, DIMENSIONLESS, 1,                                      \
      "of what was to come in each period by the plan's orders, the share that had come at its "   \
      "end")                                                                                       \
    X(PLANS, CHANGES, "changes", VALUE, PER_WEEK, -1,                                              \
      "releases of a period that are not what the plan before said, per week (nervousness)")       \
    X(PLANS, EXPENSE, "expense", VALUE, MONEY, -1, "cost of each time that it was computed")       \
    X(MONEY, REVENUE, "revenue", VALUE, MONEY, 1, "sales")                                         \
    X(MONEY, MATERIALS, "materials", VALUE, MONEY, -1,                                             \
      "price of what is ordered from suppliers, when the order reaches them")                      \
    X(MONEY, MACHINES, "machines", VALUE, MONEY, -1, "machine hours of work and setup")            \
    X(MONEY, SETUPS, "setups", VALUE, MONEY, -1, "cost of setups")                                 \
    X(MONEY, MAKING, "making", VALUE, MONEY, -1, "cost of pieces worked at steps")                 \
    X(MONEY, WAGES, "wages", VALUE, MONEY, -1, "wages of crews, with overtime and hiring")         \
    X(MONEY, HOLDING, "holding", VALUE, MONEY, -1, "cost of keeping stock, on hand and under way") \
    X(MONEY, TRANSPORT, "transport", VALUE, MONEY, -1, "cost of lanes and vehicles")               \
    X(MONEY, TARIFFS, "tariffs", VALUE, MONEY, -1, "share of the worth of what lanes carry")       \
    X(MONEY, ORDERING, "ordering", VALUE, MONEY, -1, "cost of orders placed with suppliers")       \
    X(MONEY, PENALTIES, "penalties", VALUE, MONEY, -1, "cost of what is owed, late or lost")       \
    X(MONEY, ENERGY, "energy", VALUE, MONEY, -1, "energy of stations, at `energy-price`")          \
    X(MONEY, EMISSIONS, "emissions", VALUE, MONEY, -1, "system.co2 at the price of `carbon`")      \
    X(MONEY, REPAIRS, "repairs", VALUE, MONEY, -1, "cost of repairs")                              \
    X(MONEY, PLANNING, "planning-costs", VALUE, MONEY, -1, "cost of making plans")                 \
    X(MONEY, CAPEX, "capex", VALUE, MONEY, -1, "bought by programmes, less what comes back")       \
    X(MONEY, OTHER, "other", VALUE, MONEY, -1, "payments of `flows`, less what they bring")        \
    X(MONEY, TAXES, "taxes", VALUE, MONEY, -1, "share of the profit so far, never less than 0")    \
    X(MONEY, PROGRAMMES, "programmes", VALUE, MONEY, -1, "running cost of programmes")             \
    X(MONEY, FIXED, "fixed-costs", VALUE, MONEY, -1, "overhead, and that of sites")                \
    X(MONEY, COST, "cost", VALUE, MONEY, -1, "sum of all costs")                                   \
    X(MONEY, COST_RATE, "cost-rate", VALUE, MONEY_PER_DAY, -1, "cost over measured time")          \
    X(MONEY, SOLD, "sold", VALUE, MONEY, 0,                                                        \
      "cost of goods sold: standard cost of what was delivered, of what was made to order or "     \
      "left "                                                                                      \
      "as output what went into it")                                                               \
    X(MONEY, SCRAP, "scrap", VALUE, MONEY, -1,                                                     \
      "cost of goods lost: scrap, waste, what came bad or is of no use to anybody")                \
    X(MONEY, VARIANCE, "variance", VALUE, MONEY, -1,                                               \
      "what goods cost beyond their standard cost when they came into a store")                    \
    X(MONEY, WRITTEN_OFF, "written-off", VALUE, MONEY, -1,                                         \
      "depreciation of what programmes bought, and its loss or gain when it is sold")              \
    X(MONEY, PROFIT, "profit", VALUE, MONEY, 1,                                                    \
      "revenue less cost, and what goods here are worth more than when measuring began: so what "  \
      "was spent on goods counts when they are sold or lost; what was bought counts when it is "   \
      "written off")                                                                               \
    X(MONEY, CONTRIBUTION, "contribution", VALUE, MONEY, 1,                                        \
      "revenue less what each unit sold costs: sold, transport and tariffs")                       \
    X(MONEY, THROUGHPUT, "throughput", VALUE, MONEY, 1,                                            \
      "T of throughput accounting: the contribution")                                              \
    X(MONEY, OPERATING_EXPENSE, "operating-expense", VALUE, MONEY, -1,                             \
      "OE of throughput accounting: throughput less profit, all that is spent besides")            \
    X(MONEY, INVESTMENT, "investment", VALUE, MONEY, -1,                                           \
      "I of throughput accounting: worth of goods and equipment at the end")                       \
    X(MONEY, LOST_MARGIN, "lost-margin", VALUE, MONEY, -1,                                         \
      "memo, in no sum: price less standard cost of what customers ordered and was lost")          \
    X(MONEY, BALANCE, "balance", LEVEL, MONEY, 1,                                                  \
      "cash, from `money.cash` on; what accrues is paid at the end of each month")                 \
    X(MONEY, INVENTORY, "inventory", LEVEL, MONEY, -1,                                             \
      "worth of all goods in store, on the floor and under way, over time")                        \
    X(MONEY, RAW, "raw", VALUE, MONEY, 0,                                                          \
      "of them at the end: bought and not for sale as they are")                                   \
    X(MONEY, IN_PROCESS, "in-process", VALUE, MONEY, 0,                                            \
      "of them at the end: lots on the floor, and parts made for other items")                     \
    X(MONEY, FINISHED, "finished", VALUE, MONEY, 0,                                                \
      "of them at the end: items that customers buy")                                              \
    X(MONEY, EQUIPMENT, "equipment", VALUE, MONEY, 0,                                              \
      "what programmes bought and is not written off, at the end")                                 \
    X(MONEY, WORKING_CAPITAL, "working-capital", LEVEL, MONEY, -1,                                 \
      "inventory and receivable less payable, over time")                                          \
    X(MONEY, CASH_TO_CASH, "cash-to-cash", VALUE, DAYS, -1,                                        \
      "days from paying for goods to being paid: inventory over goods sold a day, and receivable " \
      "over revenue a day, less payable over materials a day (SCOR AM.1.1)")                       \
    X(MONEY, RECEIVABLE, "receivable", LEVEL, MONEY, 0,                                            \
      "sold and not yet paid, over time: see `customers.NAME.pays`")                               \
    X(MONEY, PAYABLE, "payable", LEVEL, MONEY, 0,                                                  \
      "bought and not yet paid, over time: see `suppliers.NAME.pays`")                             \
    X(MONEY, NPV, "npv", VALUE, MONEY, 1,                                                          \
      "net present value: every payment discounted by `money.rate` to when measuring begins")      \
    X(MONEY, IRR, "irr", VALUE, PER_YEAR, 1,                                                       \
      "internal rate of return: the discount rate at which all payments are worth nothing")        \
    X(MONEY, PAYBACK, "payback", EVENT, HOURS, -1,                                                 \
      "time until what was paid has come back, not discounted")                                    \
    X(PROGRAMMES, LIVE, "live", VALUE, DIMENSIONLESS, 0,                                           \
      "share of time since its introduction and before its end; of one that stacks, how many are " \
      "live on average")                                                                           \
    X(PROGRAMMES, EFFECT, "effect", VALUE, DIMENSIONLESS, 0,                                       \
      "how much of its effect there is on average: a ramp lets it grow, a failed one has none")    \
    X(PROGRAMMES, EXPENSE, "expense", VALUE, MONEY, -1,                                            \
      "its capex, less what came back, and its running cost")

enum kpi_id {
#define X(section, id, name, shape, unit, better, formula) KPI_##section##_##id,
    KPIS(X)
#undef X
        KPIS_COUNT
};

#endif
