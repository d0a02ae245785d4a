# pm: build, test and install. Start with README.md.
#
# There is no configure step and no recursion into directories. Objects live
# under $(BUILD)/<flavour>/, one flavour per compiler and kind of
# instrumentation, so that plain and sanitizer objects never meet. Nothing here
# but "deps" touches the network. V=1 shows the commands.
#
# Only git and make are there on a fresh machine: whatever asks gcc or
# pkg-config does so inside a recipe or a deferred variable.

.SUFFIXES:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

ifeq ($(origin CC),default)
CC = gcc
endif
BUILD ?= build
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g -fstack-protector-strong \
	-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
LDFLAGS ?= -Wl,-z,relro
WERROR ?= -Werror
# 0: link libgit2, the others and the C library dynamically (tests/link.sh).
STATIC ?= 1
# Seconds for each fuzz entry.
TIME ?= 60
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

Q = $(if $(V),,@)
comma = ,
quiet = $(findstring s,$(firstword -$(MAKEFLAGS)))
say = $(if $(V)$(quiet),@:,@printf '  %-7s %s\n')
VERSION = $(shell sed -n 's/.*define PM_VERSION "\(.*\)".*/\1/p' cmd/cli.c)

CSTD = -std=c11 -D_GNU_SOURCE
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes \
	-Wstrict-prototypes -Wwrite-strings -Wvla $(WERROR)
REPRO = -ffile-prefix-map=$(CURDIR)/=
PKGS = libgit2 yaml-0.1 sqlite3 nettle zlib libdeflate
LIBS_REST = -lcmark-gfm-extensions -lcmark-gfm -lpthread -lm
# Asked once, at the first use.
PKG_CFLAGS = $(eval PKG_CFLAGS := \
	$(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)

# --- what there is: sources are found, never listed -------------------------

# Linked only where libgit2 is linked statically.
NONET = lib/git/nonet.c
LIB_SRC := $(sort $(filter-out $(NONET),$(wildcard lib/*/*.c lib/*/*/*.c)))
CMD_SRC := $(sort $(wildcard cmd/*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
BENCH_SRC := $(sort $(wildcard tests/bench/*.c))
CLI_TESTS := $(sort $(wildcard tests/cli/[0-9]*.sh))
VALGRIND_TESTS := $(sort $(wildcard tests/valgrind/[0-9]*.sh))
LINTS := $(sort $(wildcard tests/lint/*.sh))
TEMPLATES := $(sort $(wildcard templates/*.md templates/*.yaml))
HAND_PAGES := $(sort $(wildcard cmd/man/*.[1-9]))
C_FILES = $(sort $(wildcard include/pm/*.h lib/*/*.[ch] lib/*/*/*.[ch] \
	cmd/*.[ch] tests/*.[ch] tests/unit/*.[ch] tests/fuzz/*.[ch] tests/bench/*.[ch]))
HEADINGS_DEF = sections_nordic.def sections_nordic_pairs.def \
	sections_nordic_told.def sections_nordic_told_h.def \
	sections_nordic_told_k.def sections_de.def sections_de_told.def \
	sections_fr.def sections_fr_told.def sections_es.def \
	sections_es_told.def sections_pt.def sections_pt_told.def \
	sections_it.def sections_it_told.def sections_nl.def \
	sections_nl_told.def sections_pl.def sections_ru.def \
	sections_tr.def sections_cs.def sections_uk.def sections_fi.def \
	sections_vi.def sections_id.def
HEADINGS_WIDE_DEF = sections_ja.def sections_zh.def sections_ko.def
GEN = $(BUILD)/gen/templates.inc $(BUILD)/gen/headings.inc \
	$(BUILD)/gen/headings_wide.inc

# --- flavours ---------------------------------------------------------------

# <kind>-<compiler>; never the bare name of a compiler, which a PATH that begins
# with $(BUILD) would find.
COMPILER = $(notdir $(firstword $(CC)))
PLAIN = plain-$(COMPILER)
ASAN = asan-$(COMPILER)
COVER = cover-$(COMPILER)
FUZZ = fuzz-clang
FLAVOURS = $(sort $(PLAIN) $(ASAN) $(COVER) $(FUZZ) plain-gcc plain-clang)

flavour_name = $(patsubst plain-%,%,$(patsubst asan-%,%,$(patsubst \
	cover-%,%,$(patsubst fuzz-%,%,$1))))
flavour_cc = $(if $(filter $(COMPILER),$(flavour_name)),$(CC),$(flavour_name))
flavour_cflags = $(flags_$(firstword $(subst -, ,$1)))
SAN = -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=undefined
flags_plain = $(CFLAGS)
flags_asan = $(SAN) -fsanitize=address,undefined
flags_fuzz = $(SAN) -fsanitize=fuzzer-no-link,address,undefined
flags_cover = -O0 -g --coverage -DPM_COVERAGE

all: $(BUILD)/pm $(BUILD)/git-pm

# The product is a copy of the flavour asked for last. The copy is made aside
# and renamed, so that a running pm keeps its bytes.
$(BUILD)/pm: $(BUILD)/$(PLAIN)/pm FORCE
	@cmp -s $< $@ || { cp -f $< $@.new && mv -f $@.new $@; }
$(BUILD)/git-pm: $(BUILD)/pm
	@ln -sf pm $@

# Rules of one flavour; $1 is its name.
define flavour_rules
CC_$1 = $$(call flavour_cc,$1)
CF_$1 = $$(CSTD) $$(WARN) $$(call flavour_cflags,$1) $$(REPRO) $$(PKG_CFLAGS)
LIB_OBJ_$1 = $$(LIB_SRC:%.c=$(BUILD)/$1/%.o)
CMD_OBJ_$1 = $$(CMD_SRC:%.c=$(BUILD)/$1/%.o)
UNIT_BIN_$1 = $$(UNIT_SRC:%.c=$(BUILD)/$1/%)
# Workers write their counters when they leave: tests/cover.c.
EXTRA_$1 = $(if $(filter cover-%,$1),$(BUILD)/$1/tests/cover.o)
LD_$1 = $$(CC_$1) $$(call flavour_cflags,$1) $$(LDFLAGS) \
	$(if $(filter cover-%,$1),-Wl$(comma)--wrap=_exit)

# Rewritten only when the flags change; every object depends on it.
$(BUILD)/$1/flags: FORCE
	@mkdir -p $$(@D)
	@printf '%s\n' '$$(CC_$1) $$(CF_$1) $$(LDFLAGS) $$(STATIC)' >$$@.new
	@if cmp -s $$@.new $$@; then rm -f $$@.new; else mv -f $$@.new $$@; fi

$(BUILD)/$1/lib/%.o: lib/%.c $(BUILD)/$1/flags | $(GEN)
	@mkdir -p $$(@D)
	$$(say) CC $$@
	$$(Q)$$(CC_$1) $$(CF_$1) -Iinclude -Ilib -I$(BUILD) \
		-include lib/base/banned.h -MMD -MP -c -o $$@ $$<

# No -Ilib: commands see the public headers only.
$(BUILD)/$1/cmd/%.o: cmd/%.c $(BUILD)/$1/flags
	@mkdir -p $$(@D)
	$$(say) CC $$@
	$$(Q)$$(CC_$1) $$(CF_$1) -Iinclude -Icmd \
		-include lib/base/banned.h -MMD -MP -c -o $$@ $$<

$(BUILD)/$1/tests/%.o: tests/%.c $(BUILD)/$1/flags
	@mkdir -p $$(@D)
	$$(say) CC $$@
	$$(Q)$$(CC_$1) $$(CF_$1) -Iinclude -Ilib -I$(BUILD) \
		-include lib/base/banned.h -MMD -MP -c -o $$@ $$<

$(BUILD)/$1/libpm.a: $$(LIB_OBJ_$1)
	$$(say) AR $$@
	$$(Q)rm -f $$@ && ar rcs $$@ $$^

$(BUILD)/$1/link: $(NONET) Makefile tests/link.sh $(BUILD)/$1/flags
	$$(Q)STATIC=$$(STATIC) PKGS='$$(PKGS)' REST='$$(LIBS_REST)' \
		sh tests/link.sh $$@ $$(NONET) \
		$$(CC_$1) $$(CSTD) $$(call flavour_cflags,$1) $$(PKG_CFLAGS)

$(BUILD)/$1/pm: $$(CMD_OBJ_$1) $$(EXTRA_$1) $(BUILD)/$1/libpm.a \
		$(BUILD)/$1/link
	$$(say) LD $$@
	$$(Q)$$(LD_$1) -o $$@ $$(CMD_OBJ_$1) $$(EXTRA_$1) \
		$(BUILD)/$1/libpm.a $$$$(cat $(BUILD)/$1/link.whole)
$(BUILD)/$1/git-pm: $(BUILD)/$1/pm
	@ln -sf pm $$@

# pm with a C library that valgrind, or a test, may stand before.
$(BUILD)/$1/shared/pm: $$(CMD_OBJ_$1) $$(EXTRA_$1) $(BUILD)/$1/libpm.a \
		$(BUILD)/$1/link
	@mkdir -p $$(@D)
	$$(say) LD $$@
	$$(Q)$$(LD_$1) -o $$@ $$(CMD_OBJ_$1) $$(EXTRA_$1) \
		$(BUILD)/$1/libpm.a $$$$(cat $(BUILD)/$1/link)

$(BUILD)/$1/tests/unit/test_%: $(BUILD)/$1/tests/unit/test_%.o \
		$$(EXTRA_$1) $(BUILD)/$1/libpm.a $(BUILD)/$1/link
	$$(say) LD $$@
	$$(Q)$$(LD_$1) -o $$@ $$< $$(EXTRA_$1) $(BUILD)/$1/libpm.a \
		$$$$(cat $(BUILD)/$1/link) -lcmocka

$(BUILD)/$1/tests/bench/%: $(BUILD)/$1/tests/bench/%.o $(BUILD)/$1/link
	$$(say) LD $$@
	$$(Q)$$(LD_$1) -o $$@ $$< \
		$$$$(sed 's,[^ ]*\.yaml\.a,-l:libyaml.a,; s/-Wl,-u[^ ]*//' \
			$(BUILD)/$1/link)

# "%" would not match these: a flavour's programs and its two test suites.
build-$1: $(BUILD)/$1/pm $(BUILD)/$1/git-pm $(BUILD)/$1/shared/pm \
		$$(UNIT_BIN_$1)
unit-$1: $$(UNIT_BIN_$1)
	$$(Q)sh tests/prove.sh $(BUILD)/$1 $$(JOBS) $$^
cli-$1: $(BUILD)/$1/pm $(BUILD)/$1/git-pm $(BUILD)/$1/shared/pm
	$$(Q)sh tests/prove.sh $(BUILD)/$1 $$(JOBS) $$(CLI_TESTS)
.PHONY: build-$1 unit-$1 cli-$1

-include $$(LIB_OBJ_$1:.o=.d) $$(CMD_OBJ_$1:.o=.d) $$(UNIT_BIN_$1:=.d) \
	$$(EXTRA_$1:.o=.d) $$(FUZZ_SRC:%.c=$(BUILD)/$1/%.d) \
	$$(BENCH_SRC:%.c=$(BUILD)/$1/%.d)
endef
$(foreach f,$(FLAVOURS),$(eval $(call flavour_rules,$f)))
.SECONDARY:

# The shipped templates and the policy as byte arrays: string literals of more
# than 4095 bytes are not portable C. Each ends in a NUL that its sizeof
# counts, as a literal does. PM_TEMPLATES(X) lists them: X(file name, array).
$(BUILD)/gen/templates.inc: $(TEMPLATES) Makefile
	@mkdir -p $(@D)
	$(say) GEN $@
	$(Q){ n=0; for f in $(TEMPLATES); do \
		printf 'static const char pm_tmpl_%d[] = {\n' $$n; \
		od -An -v -t d1 $$f | sed 's/[0-9][0-9]*/&,/g'; \
		printf '0};\n'; n=$$((n + 1)); \
	done; \
	printf '#define PM_TEMPLATES(X)'; \
	n=0; for f in $(TEMPLATES); do \
		printf ' \\\n\tX("%s", pm_tmpl_%d)' $${f##*/} $$n; \
		n=$$((n + 1)); \
	done; printf '\n'; } >$@.new && mv $@.new $@

# The phrases of headings in the languages with blanks, and in those without,
# sorted by their bytes, so that one search asks all of them. Of a phrase of
# several the first language wins.
$(BUILD)/gen/headings.inc: $(HEADINGS_DEF:%=lib/doc/%) Makefile
$(BUILD)/gen/headings_wide.inc: $(HEADINGS_WIDE_DEF:%=lib/doc/%) Makefile
$(BUILD)/gen/headings.inc $(BUILD)/gen/headings_wide.inc:
	@mkdir -p $(@D)
	$(say) GEN $@
	$(Q)grep -h '^PM_HEADING(' $(filter %.def,$^) | \
		LC_ALL=C sort -s -t '"' -k 2,2 >$@.new && mv $@.new $@

# --- dependencies -----------------------------------------------------------

# What a build needs, and what the tests need beside it: Debian's names.
DEPS_BUILD = gcc libc6-dev pkg-config libgit2-dev libcmark-gfm-dev \
	libcmark-gfm-extensions-dev libyaml-dev libsqlite3-dev \
	nettle-dev libhttp-parser-dev libpcre2-dev zlib1g-dev libdeflate-dev
DEPS_TEST = g++ clang llvm libclang-rt-dev clang-format libcmocka-dev sharness \
	perl valgrind libc6-dbg mandoc shellcheck bash bash-completion zsh fish jq \
	pre-commit python3-yaml strace e2fsprogs cmark-gfm

deps:
	@sh tests/deps.sh $(DEPS_BUILD) $(DEPS_TEST)
deps-analyze: deps-build
	@sh tests/deps.sh clang-tidy cppcheck
deps-build:
	@sh tests/deps.sh $(DEPS_BUILD)

# --- tests ------------------------------------------------------------------

unit: unit-$(PLAIN)
cli: cli-$(PLAIN)
asan: unit-$(ASAN) cli-$(ASAN)

# Leaks and wild reads in the commands people use.
valgrind: all build-$(PLAIN)
	$(Q)sh tests/prove.sh $(BUILD)/$(PLAIN) $(JOBS) $(VALGRIND_TESTS)

# All of the unit tests, which takes some minutes.
VALGRIND = valgrind -q --error-exitcode=99 --leak-check=full \
	--errors-for-leak-kinds=definite,indirect --child-silent-after-fork=yes \
	--suppressions=tests/valgrind.supp
valgrind-unit: $(UNIT_BIN_$(PLAIN))
	$(Q)PM_WRAP='$(VALGRIND)' sh tests/prove.sh $(BUILD)/$(PLAIN) $(JOBS) $^

# What gcc, clang-tidy and cppcheck find without running anything.
analyze: $(GEN)
	$(Q)BUILD=$(BUILD) JOBS=$(JOBS) FLAGS='$(PKG_CFLAGS)' sh tests/analyze.sh

# Each lint script says what is wrong and fails; test-lint.sh plants faults.
lint: all build-$(PLAIN)
	$(Q)sh tests/prove.sh $(BUILD)/$(PLAIN) $(JOBS) $(LINTS)

# A fault at every point where one may come: SWEEP=kill-commit for one of them,
# SAMPLE=10 for some points of each, tests/torture/run.sh says what else.
torture: $(BUILD)/$(PLAIN)/pm $(BUILD)/$(PLAIN)/git-pm
	$(Q)PM_BUILD=$(BUILD)/$(PLAIN) JOBS=$(JOBS) sh tests/torture/run.sh $(SWEEP)
	$(Q)test -n '$(SWEEP)$(SAMPLE)' || TORTURE=all sh tests/prove.sh \
		$(BUILD)/$(PLAIN) $(JOBS) $(wildcard tests/cli/087[4-7]-*.sh)

# Everything, summed up in a last line.
check: deps
	@BUILD=$(BUILD) JOBS=$(JOBS) MAKE='$(MAKE)' sh tests/check.sh

demo: deps-build
	@$(MAKE) --no-print-directory $(if \
		$(filter -j%,$(MAKEFLAGS)),,-j$(JOBS)) all
	@BUILD=$(BUILD) sh tests/demo.sh

fuzz: $(FUZZ_SRC:tests/fuzz/fuzz_%.c=fuzz-%)
build-fuzz: $(FUZZ_SRC:%.c=$(BUILD)/$(FUZZ)/%)
fuzz-%: $(BUILD)/$(FUZZ)/tests/fuzz/fuzz_%
	$(Q)BUILD=$(BUILD) TIME=$(TIME) sh tests/fuzz/run.sh $< $*
# What an entry wants beside libpm: the parser of options, a pool of its own.
fuzz_with_option = $(BUILD)/$(FUZZ)/cmd/options.o $(BUILD)/$(FUZZ)/cmd/alloc.o
fuzz_with_worker = -Wl,--wrap=pm_pool_run
$(BUILD)/$(FUZZ)/tests/fuzz/fuzz_option: $(fuzz_with_option)
$(BUILD)/$(FUZZ)/tests/fuzz/fuzz_%: $(BUILD)/$(FUZZ)/tests/fuzz/fuzz_%.o \
		$(BUILD)/$(FUZZ)/libpm.a $(BUILD)/$(FUZZ)/link
	$(say) LD $@
	$(Q)clang $(flags_asan) -fsanitize=fuzzer $(LDFLAGS) -o $@ $< \
		$(fuzz_with_$*) $(BUILD)/$(FUZZ)/libpm.a \
		$$(cat $(BUILD)/$(FUZZ)/link)

# Coverage of lib/ and cmd/ by both suites, worst files first; fails below what
# was reached (tests/cover.sh).
cover: build-$(COVER)
	$(Q)find $(BUILD)/$(COVER) -name '*.gcda' -exec rm -f {} +
	-$(Q)$(MAKE) --no-print-directory unit-$(COVER) cli-$(COVER)
	$(Q)BUILD=$(BUILD) sh tests/cover.sh $(BUILD)/$(COVER) $(CC)

bench: $(BUILD)/pm \
		$(BENCH_SRC:tests/bench/%.c=$(BUILD)/$(PLAIN)/tests/bench/%)
	$(Q)BUILD=$(BUILD) FLAVOUR=$(PLAIN) sh tests/bench/run.sh

format:
	$(Q)clang-format -i $(C_FILES)

# --- install and dist -------------------------------------------------------

COMMANDS = $(shell sed -n 's/^PM_COMMAND(\([a-z]*\)).*/\1/p' cmd/commands.def)
DEST = $(DESTDIR)$(PREFIX)
BINDIR = $(DEST)/bin
MANDIR = $(DEST)/share/man
BASHDIR = $(DEST)/share/bash-completion/completions
ZSHDIR = $(DEST)/share/zsh/site-functions
FISHDIR = $(DEST)/share/fish
LIBDIR = $(DEST)/lib
HDRDIR = $(DEST)/include/pm

# The manual's pages, printed by pm itself beside those written by hand.
man: $(BUILD)/pm
	$(Q)rm -rf $(BUILD)/man && mkdir -p $(BUILD)/man
	$(Q)$(BUILD)/pm help --man >$(BUILD)/man/pm.1
	$(Q)for c in $(COMMANDS); do \
		$(BUILD)/pm help --man $$c >$(BUILD)/man/pm-$$c.1 || exit 1; \
	done
	$(Q)printf '.so man1/pm.1\n' >$(BUILD)/man/git-pm.1
	$(Q)for p in $(HAND_PAGES); do cp $$p $(BUILD)/man/ || exit 1; done

# Each shell looks elsewhere for what follows "git pm": bash for a script of
# that name, zsh for a function, fish (whose git completion loads nothing) at
# its start.
completion: $(BUILD)/pm
	$(Q)mkdir -p $(BUILD)/completion
	$(Q)for s in bash zsh fish; do \
		$(BUILD)/pm completion $$s >$(BUILD)/completion/pm.$$s || \
		exit 1; \
	done
	$(Q)printf '#compdef git-pm\n_pm "$$@"\n' >$(BUILD)/completion/git-pm.zsh
	$(Q)sed -n '/^complete -c git /p' $(BUILD)/completion/pm.fish \
		>$(BUILD)/completion/git-pm.fish

# libpm is an archive only, so whoever links it needs what it needs: that is
# public here, and a plain "pkg-config --libs pm" is enough.
$(BUILD)/pm.pc: Makefile FORCE
	@mkdir -p $(@D)
	@printf '%s\n' 'prefix=$(PREFIX)' 'includedir=$${prefix}/include' \
		'libdir=$${prefix}/lib' '' 'Name: pm' \
		'Description: incident post-mortems in Git' \
		'Version: $(VERSION)' 'Requires: $(PKGS)' \
		'Cflags: -I$${includedir}' \
		'Libs: -L$${libdir} -lpm $(LIBS_REST)' >$@.new
	@if cmp -s $@.new $@; then rm -f $@.new; else mv -f $@.new $@; fi

# Quoted, because a DESTDIR may have blanks in it, and uninstall removes.
install: all man completion $(BUILD)/pm.pc
	$(Q)install -d "$(BINDIR)" "$(BASHDIR)" "$(ZSHDIR)" \
		"$(FISHDIR)/vendor_completions.d" \
		"$(FISHDIR)/vendor_conf.d" "$(LIBDIR)/pkgconfig" "$(HDRDIR)"
	$(Q)install -m 755 $(BUILD)/pm "$(BINDIR)/pm"
	$(Q)ln -sf pm "$(BINDIR)/git-pm"
	$(Q)for p in $(BUILD)/man/*; do \
		d="$(MANDIR)/man$${p##*.}"; \
		install -d "$$d" && install -m 644 $$p "$$d/" || exit 1; \
	done
	$(Q)install -m 644 $(BUILD)/completion/pm.bash "$(BASHDIR)/pm"
	$(Q)ln -sf pm "$(BASHDIR)/git-pm"
	$(Q)install -m 644 $(BUILD)/completion/pm.zsh "$(ZSHDIR)/_pm"
	$(Q)install -m 644 $(BUILD)/completion/git-pm.zsh "$(ZSHDIR)/_git-pm"
	$(Q)install -m 644 $(BUILD)/completion/pm.fish \
		"$(FISHDIR)/vendor_completions.d/pm.fish"
	$(Q)install -m 644 $(BUILD)/completion/git-pm.fish \
		"$(FISHDIR)/vendor_conf.d/git-pm.fish"
	$(Q)install -m 644 include/pm/*.h "$(HDRDIR)/"
	$(Q)install -m 644 $(BUILD)/$(PLAIN)/libpm.a "$(LIBDIR)/libpm.a"
	$(Q)install -m 644 $(BUILD)/pm.pc "$(LIBDIR)/pkgconfig/pm.pc"

uninstall:
	$(Q)rm -f "$(BINDIR)/pm" "$(BINDIR)/git-pm" "$(BASHDIR)/pm" \
		"$(BASHDIR)/git-pm" "$(ZSHDIR)/_pm" "$(ZSHDIR)/_git-pm" \
		"$(FISHDIR)/vendor_completions.d/pm.fish" \
		"$(FISHDIR)/vendor_conf.d/git-pm.fish" \
		"$(LIBDIR)/libpm.a" "$(LIBDIR)/pkgconfig/pm.pc" \
		"$(MANDIR)/man1/pm.1" "$(MANDIR)/man1/git-pm.1"
	$(Q)for c in $(COMMANDS); do rm -f "$(MANDIR)/man1/pm-$$c.1"; done
	$(Q)for p in $(notdir $(HAND_PAGES)); do \
		rm -f "$(MANDIR)/man$${p##*.}/$$p"; \
	done
	$(Q)rm -rf "$(HDRDIR)"

# The committed tree, as git has it.
dist:
	$(Q)mkdir -p $(BUILD)
	$(Q)git archive --format=tar --prefix=pm-$(VERSION)/ HEAD | \
		gzip -9n >$(BUILD)/pm-$(VERSION).tar.gz
	$(say) DIST $(BUILD)/pm-$(VERSION).tar.gz

clean:
	$(Q)rm -rf $(BUILD)

FORCE:
.PHONY: all analyze asan bench build-fuzz check clean cli completion cover demo deps \
	deps-analyze deps-build dist format fuzz install lint man torture \
	uninstall unit valgrind valgrind-unit FORCE
