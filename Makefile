# SPDX-License-Identifier: GPL-3.0-or-later
# takt: make and then look around; make help lists what can be made.
#
#     make            build/takt and the libraries          make demo     a first factory, from nothing but make
#     make test       everything that must hold             make bench    how fast, beside hand-written C
#     make lint       the rules of the house                make san      the tests under sanitizers
#     make oracles    all known answers                     make fuzz     strange scenarios, FUZZ_SECONDS each
#     make crashes    two hundred killed runs
#     make docs       the generated pages                   make install  to DESTDIR and PREFIX
#     make deps       the Debian packages                   make clean

BUILD  ?= build
PREFIX ?= /usr/local
# Debian's own interpreter, because it is the one that sees python3-h5py.
PYTHON ?= /usr/bin/python3
FUZZ_SECONDS ?= 60
ifeq ($(origin CC),default)
CC = gcc
endif

VERSION := $(or $(shell sed -n 's/^.define TAKT_VERSION "\(.*\)"/\1/p' analysis/takt.h 2>/dev/null),0.1.0)
SONAME  := libtakt.so.$(firstword $(subst ., ,$(VERSION)))
TAKT    := $(BUILD)/takt

# All processors, unless make is told otherwise; one after the other when cleaning is among the goals.
ifeq ($(MAKELEVEL)$(filter -j% --jobs%,$(MAKEFLAGS)),0)
MAKEFLAGS += --jobs=$(shell nproc) --output-sync=target
endif
ifneq ($(filter clean,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif

# ---- What it is made of ---------------------------------------------------------------------------------------

SOURCES := $(wildcard sim/*.c scenarios/*.c scenarios/reader/*.c analysis/*.c) \
           $(wildcard $(foreach f,chain floor measure plan plant run world,models/$f/*.c)) \
           $(wildcard $(foreach f,bottleneck claims export fit results statistics tables theory,analysis/$f/*.c))
COMMAND := $(wildcard analysis/command/*.c)
TESTS   := $(wildcard $(foreach f,sim models scenarios analysis,tests/$f/test_*.c))
FUZZERS := $(wildcard tests/fuzz/fuzz_*.c)

OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
CHECKED := $(SOURCES:%.c=$(BUILD)/checked/%.o)
UNITS   := $(TESTS:%.c=$(BUILD)/%)

# Asked for once, when a recipe needs it: on a bare system pkg-config is not there when this file is read.
once       = $(eval $1 := $2)$($1)
HDF5       = $(call once,HDF5,$(shell pkg-config --exists hdf5 && echo hdf5 || echo hdf5-serial))
LIB_CFLAGS = $(call once,LIB_CFLAGS,$(subst -I,-isystem ,$(shell pkg-config --cflags gsl $(HDF5) yaml-0.1)))
LIBS       = $(call once,LIBS,$(shell pkg-config --libs gsl yaml-0.1) -lm)
HDF5_LIBS  = $(call once,HDF5_LIBS,$(shell pkg-config --libs $(HDF5)))
MPI_CFLAGS = $(call once,MPI_CFLAGS,$(subst -I,-isystem ,$(shell pkg-config --cflags ompi-c)))
MPI_LIBS   = $(call once,MPI_LIBS,$(shell pkg-config --libs ompi-c))
TEST_LIBS  = $(call once,TEST_LIBS,$(shell pkg-config --libs criterion))

OPTIMISE ?= -O2
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Werror
CFLAGS   ?= $(OPTIMISE) -g
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(CFLAGS) $(WARNINGS) -ffp-contract=off -fvisibility=hidden -pthread \
             $(addprefix -fsanitize=,$(SANITIZE)) -I. $(LIB_CFLAGS)
ALL_LDFLAGS = -pthread $(addprefix -fsanitize=,$(SANITIZE)) $(LDFLAGS)

.DELETE_ON_ERROR:
.PHONY: all demo test units oracles crashes bench lint san fuzz docs install deps clean help FORCE

# Work shared by processes (README, "Long runs") needs Open MPI. MPI=1 demands it, MPI=0 leaves it out; by itself it
# is taken when it is there. It is a module, which takt opens only under mpirun.
MPI     ?= $(shell pkg-config --exists ompi-c 2>/dev/null && echo 1 || echo 0)
# Linear programmes (plans of sales and operations) are solved by GLPK, likewise a module: GLPK=1 demands it.
GLPK    ?= $(shell $(CC) -E -include glpk.h -x c /dev/null >/dev/null 2>&1 && echo 1 || echo 0)
# HDF5 is one more, opened with the first file of results: the libraries behind it take longer to load than takt to check
# a scenario.
MODULES := $(BUILD)/libtakt-hdf5.so $(if $(filter-out 0,$(MPI)),$(BUILD)/libtakt-mpi.so) $(if $(filter-out 0,$(GLPK)),$(BUILD)/libtakt-glpk.so)

all: $(TAKT) $(BUILD)/libtakt.a $(BUILD)/libtakt.so $(MODULES)

# ---- Compile and link -----------------------------------------------------------------------------------------

# make --trace shows the commands whole. Other flags or another compiler build everything anew.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS)' > $@

# The commit, for the results file: only what names it is compiled anew when it changes.
$(BUILD)/revision: FORCE
	@mkdir -p $(@D)
	@git describe --always --dirty --abbrev=12 > $@.new 2>/dev/null || echo unknown > $@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
$(BUILD)/analysis/takt.o $(BUILD)/checked/analysis/takt.o: $(BUILD)/revision
$(BUILD)/analysis/takt.o $(BUILD)/checked/analysis/takt.o: \
    CPPFLAGS = -DTAKT_REVISION='"$(shell cat $(BUILD)/revision)"'

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo '  compile $<'
	@$(CC) $(ALL_CFLAGS) $(CPPFLAGS) -fPIC -MMD -MP -c -o $@ $<

$(BUILD)/checked/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo '  compile $< with checks'
	@$(CC) $(ALL_CFLAGS) $(CPPFLAGS) -DTAKT_SLOW_CHECKS -MMD -MP -c -o $@ $<

$(BUILD)/libtakt.a: $(OBJECTS)
$(BUILD)/checked/libtakt.a: $(CHECKED)
%/libtakt.a:
	@rm -f $@
	@echo "  archive $@"
	@$(AR) rcs $@ $^

$(BUILD)/libtakt.so: $(OBJECTS)
	@echo '  link $@'
	@$(CC) $(ALL_LDFLAGS) -shared -Wl,-soname,$(SONAME) -Wl,-z,defs -o $@ $^ $(LIBS)

# The module of HDF5 stands beside the program, also where only the program is asked for.
$(TAKT): $(COMMAND:%.c=$(BUILD)/%.o) $(BUILD)/libtakt.a | $(BUILD)/libtakt-hdf5.so
	@echo '  link $@'
	@$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

# The thread sanitizer and Criterion want the same addresses.
ARENA := $(if $(filter thread,$(SANITIZE)),$(BUILD)/checked/tests/lint/thread_arena.o)

$(BUILD)/libtakt-mpi.so: $(BUILD)/analysis/mpi/mpi.o $(BUILD)/sim/base.o
	@echo '  link $@'
	@$(CC) $(ALL_LDFLAGS) -shared -Wl,-z,defs -o $@ $^ $(MPI_LIBS)
$(BUILD)/analysis/mpi/mpi.o: CPPFLAGS = $(MPI_CFLAGS)
$(BUILD)/libtakt-hdf5.so: $(BUILD)/analysis/results/hdf5/module.o $(BUILD)/sim/arena.o $(BUILD)/sim/base.o
	@echo '  link $@'
	@$(CC) $(ALL_LDFLAGS) -shared -Wl,-z,defs -o $@ $^ $(HDF5_LIBS)
$(BUILD)/libtakt-glpk.so: $(BUILD)/models/plan/glpk/glpk.o
	@echo '  link $@'
	@$(CC) $(ALL_LDFLAGS) -shared -Wl,-z,defs -o $@ $^ -lglpk

# Unit tests reach hidden functions through the archive, with the dear checks on; HDF5 and GLPK are linked in.
LINKED := $(BUILD)/checked/analysis/results/hdf5/module.o \
          $(if $(filter-out 0,$(GLPK)),$(BUILD)/checked/models/plan/glpk/glpk.o)
$(UNITS): $(BUILD)/tests/%: $(BUILD)/checked/tests/%.o $(ARENA) $(LINKED) $(BUILD)/checked/libtakt.a
	@mkdir -p $(@D)
	@echo '  link $@'
	@$(CC) $(ALL_LDFLAGS) -o $@ $^ $(TEST_LIBS) $(LIBS) $(HDF5_LIBS) $(if $(filter-out 0,$(GLPK)),-lglpk)

-include $(patsubst %.o,%.d,$(OBJECTS) $(BUILD)/analysis/mpi/mpi.o $(BUILD)/models/plan/glpk/glpk.o \
           $(BUILD)/analysis/results/hdf5/module.o $(LINKED) $(CHECKED) $(COMMAND:%.c=$(BUILD)/%.o) \
           $(patsubst %.c,$(BUILD)/checked/%.o,$(TESTS) $(FUZZERS)) $(BUILD)/tests/bench/hold.o)

# ---- Try it ---------------------------------------------------------------------------------------------------

demo:
	@$(call install_missing,$(PACKAGES))
	@$(MAKE) --no-print-directory $(TAKT)
	$(TAKT) compare scenarios/first/bracket-works.yaml -o $(BUILD)/bracket-works.h5
	@echo
	@echo 'The results are in $(BUILD)/bracket-works.h5. Next, try:'
	@echo '  $(TAKT) show $(BUILD)/bracket-works.h5'
	@echo '  $(TAKT) compare scenarios/first/bracket-works.yaml --set stations.weld.machines=3'
	@echo '  $(TAKT) help'

# ---- Prove it -------------------------------------------------------------------------------------------------

test: deps
	@$(MAKE) --no-print-directory all $(UNITS)
	@$(if $(filter-out 0,$(MPI)),,echo 'Not tested: takt under mpirun (libopenmpi-dev and openmpi-bin are not here).')
	@$(PYTHON) tests/run --check 'fast oracles' '$(PYTHON) tests/oracles/run --fast --takt $(TAKT)' \
	    --check 'generated pages are fresh' '$(DOCS_FRESH)' \
	    --check 'comparing and selecting' '$(PYTHON) tests/analysis/test_compare.py $(TAKT)' \
	    --check 'the command line' '$(PYTHON) tests/analysis/test_command.py $(TAKT)' \
	    --check 'runs that are killed, interrupted, resumed' '$(PYTHON) tests/analysis/test_resume.py $(TAKT)' \
	    --check 'what programmes may change' '$(PYTHON) tests/analysis/test_live.py $(TAKT)' \
	    --check 'cash by month' '$(PYTHON) tests/analysis/test_cash.py $(TAKT)' \
	    --check 'prices, together and one at a time' '$(PYTHON) tests/analysis/test_prices.py $(TAKT)' \
	    --check 'theory against the known answers' '$(PYTHON) tests/analysis/test_theory.py $(TAKT)' \
	    --check 'bottlenecks beside small Markov chains' '$(PYTHON) tests/analysis/test_bottleneck.py $(TAKT)' \
	    --check 'the exports' '$(PYTHON) tests/analysis/test_export.py $(TAKT)' \
	    --check 'processes under mpirun' '$(PYTHON) tests/analysis/test_mpi.py $(TAKT)' \
	    --check 'the examples of manual and README' '$(PYTHON) tests/analysis/check_manual.py $(TAKT)' $(UNITS)

# The unit tests alone.
units: $(UNITS)
	@$(PYTHON) tests/run $(RUN_FLAGS) $(UNITS)

# Before the answers, the promises of statistics: how often intervals hold, over more trials than in make test.
COVERAGES := $(BUILD)/tests/analysis/test_coverage $(BUILD)/tests/analysis/test_mm1_coverage
oracles: $(TAKT)
	@$(call install_missing,libcriterion-dev)
	@$(MAKE) --no-print-directory $(COVERAGES)
	@COVERAGE=10000 $(PYTHON) tests/run $(COVERAGES)
	@$(PYTHON) tests/oracles/run --takt $(TAKT)

# A run is killed at random moments, two hundred times, and resumed.
crashes: $(TAKT)
	@$(PYTHON) tests/analysis/test_resume.py $(TAKT) 200

lint: $(BUILD)/libtakt.so $(BUILD)/libtakt.a
	@$(call install_missing,clang-format)
	@$(PYTHON) tests/lint/lint.py $(BUILD)

# Criterion does not fail a test for a leak or a race, so the sanitizers write logs, and any log is a failure.
SANITIZE_WITH = OPTIMISE='-O1 -fno-omit-frame-pointer -fno-sanitize-recover=all'
san: deps
	@$(MAKE) --no-print-directory units BUILD=$(BUILD)/address SANITIZE='address undefined' $(SANITIZE_WITH) \
	    RUN_FLAGS='--sanitizer-logs $(BUILD)/address/logs'
	@$(MAKE) --no-print-directory units BUILD=$(BUILD)/thread SANITIZE=thread $(SANITIZE_WITH) \
	    RUN_FLAGS='--sanitizer-logs $(BUILD)/thread/logs'

fuzz: deps
	@$(call install_missing,clang libclang-rt-14-dev)
	@$(MAKE) --no-print-directory fuzz-run BUILD=$(BUILD)/fuzz CC=clang OPTIMISE='-O1 -fno-sanitize-recover=all' \
	    SANITIZE='fuzzer-no-link address undefined'

FUZZ_BINARIES := $(FUZZERS:%.c=$(BUILD)/%)
$(FUZZ_BINARIES): $(BUILD)/tests/fuzz/%: $(BUILD)/checked/tests/fuzz/%.o $(BUILD)/checked/libtakt.a
	@mkdir -p $(@D)
	@echo '  link $@'
	@$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

.PHONY: fuzz-run $(FUZZ_BINARIES:%=%.run)
fuzz-run: $(FUZZ_BINARIES:%=%.run)
$(FUZZ_BINARIES:%=%.run): %.run: %
	@mkdir -p $*.corpus
	$* -max_total_time=$(FUZZ_SECONDS) -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
	    -artifact_prefix=$*- $*.corpus $(wildcard scenarios/first scenarios/oracles)

# ---- Measure it -----------------------------------------------------------------------------------------------

BENCHES := $(foreach m,mm1 line jobshop,$(BUILD)/tests/bench/$m_fast $(BUILD)/tests/bench/$m_philox)
$(BUILD)/tests/bench/%_fast: tests/bench/reference_%.c tests/bench/reference.h $(BUILD)/flags
	@mkdir -p $(@D)
	@echo '  compile $@'
	@$(CC) $(ALL_CFLAGS) -o $@ $< -lm
$(BUILD)/tests/bench/%_philox: tests/bench/reference_%.c tests/bench/reference.h $(BUILD)/flags
	@mkdir -p $(@D)
	@echo '  compile $@'
	@$(CC) $(ALL_CFLAGS) -DPHILOX -o $@ $< -lm
$(BUILD)/tests/bench/hold: $(BUILD)/tests/bench/hold.o $(BUILD)/libtakt.a
	@echo '  link $@'
	@$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

bench: $(TAKT) $(MODULES) $(BENCHES) $(BUILD)/tests/bench/hold
	@$(PYTHON) tests/bench/units.py --build $(BUILD)
	@$(PYTHON) tests/bench/bench.py --build $(BUILD) $(BENCH_FLAGS)
	@$(PYTHON) tests/bench/fab.py run --build $(BUILD)
	@$(PYTHON) tests/bench/network.py run --build $(BUILD)

# ---- Generated pages ------------------------------------------------------------------------------------------

docs: scenarios/schema.json scenarios/MANUAL.md
scenarios/schema.json: MAKE_PAGE = $(TAKT) schema
scenarios/MANUAL.md:   MAKE_PAGE = $(TAKT) doc
scenarios/schema.json scenarios/MANUAL.md: $(TAKT) FORCE
	@mkdir -p $(BUILD)
	@$(MAKE_PAGE) > $(BUILD)/$(@F)
	@cmp -s $(BUILD)/$(@F) $@ || { cp $(BUILD)/$(@F) $@ && echo "$@ is new"; }

DOCS_FRESH = $(TAKT) schema | cmp - scenarios/schema.json && $(TAKT) doc | cmp - scenarios/MANUAL.md || \
    { echo "A generated page is stale: make docs, and commit it."; exit 1; }

# ---- Install and clean ----------------------------------------------------------------------------------------

AT = $(DESTDIR)$(PREFIX)
install: all
	install -Dm755 $(TAKT) $(AT)/bin/takt
	install -Dm644 analysis/takt.h $(AT)/include/takt.h
	install -Dm644 $(BUILD)/libtakt.a $(AT)/lib/libtakt.a
	install -Dm755 $(BUILD)/libtakt.so $(AT)/lib/libtakt.so.$(VERSION)
	ln -sf libtakt.so.$(VERSION) $(AT)/lib/$(SONAME)
	ln -sf $(SONAME) $(AT)/lib/libtakt.so
	$(if $(MODULES),install -Dm755 -t $(AT)/lib/takt $(MODULES))
	mkdir -p $(AT)/lib/pkgconfig
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|' takt.pc.in > $(AT)/lib/pkgconfig/takt.pc
	mkdir -p $(AT)/share/man/man1 $(AT)/share/bash-completion/completions $(AT)/share/zsh/site-functions \
	    $(AT)/share/fish/vendor_completions.d
	$(TAKT) help --man > $(AT)/share/man/man1/takt.1
	for verb in $$($(TAKT) completion verbs); do $(TAKT) help $$verb --man > $(AT)/share/man/man1/takt-$$verb.1; done
	$(TAKT) completion bash > $(AT)/share/bash-completion/completions/takt
	$(TAKT) completion zsh > $(AT)/share/zsh/site-functions/_takt
	$(TAKT) completion fish > $(AT)/share/fish/vendor_completions.d/takt.fish
	cd scenarios && find . -type f ! -name '*.[ch]' -exec install -Dm644 {} $(abspath $(AT))/share/takt/scenarios/{} \;

clean:
	rm -rf $(BUILD)

help:
	@sed -n '/^# takt/,/^$$/s/^# \{0,1\}//p' Makefile

# ---- Debian packages ------------------------------------------------------------------------------------------

# To build and run takt, and what the tests need beside that.
PACKAGES      := build-essential pkg-config libgsl-dev libhdf5-dev libyaml-dev librandom123-dev libglpk-dev
TEST_PACKAGES := libcriterion-dev python3 python3-h5py python3-xarray python3-h5netcdf hdf5-tools

deps:
	@$(call install_missing,$(PACKAGES) $(TEST_PACKAGES))

# Silent and quick when all is there; elsewhere than on Debian it says what takt needs, and goes on.
define install_missing
have=$$(dpkg-query -W -f='$${Package} $${db:Status-Status}\n' $1 2>/dev/null | sed -n 's/ installed$$//p'); \
missing=$$(printf '%s\n' $1 | grep -vxF "$$have" | paste -sd' ' -); \
if [ -z "$$missing" ]; then :; \
elif ! command -v apt-get >/dev/null; then echo "takt needs these, by their Debian names: $$missing"; \
else \
    root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
    echo "Installing $$missing"; \
    $$root apt-get update -qq && \
    $$root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing; \
fi
endef
