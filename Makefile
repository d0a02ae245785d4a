# pm: see README.md. Objects live under build/<flavour>/ so that sanitizer and
# plain objects never meet. V=1 shows the commands.
CC ?= gcc
BUILD ?= build/plain
CSTD = -std=c11 -D_GNU_SOURCE
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes \
	-Wstrict-prototypes -Wwrite-strings -Wvla -Werror
CFLAGS ?= -O2 -g
PKGS = libgit2 yaml-0.1 sqlite3
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS))
LIBS := $(shell pkg-config --libs $(PKGS)) -lcmark-gfm-extensions -lcmark-gfm -lpthread

LIB_SRC := $(sort $(wildcard lib/*/*.c lib/*/*/*.c))
CMD_SRC := $(sort $(wildcard cmd/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
CMD_OBJ := $(CMD_SRC:%.c=$(BUILD)/%.o)
Q = $(if $(V),,@)

all: build/pm

build/pm: $(CMD_OBJ) $(LIB_OBJ)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/lib/%.o: lib/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CSTD) $(WARN) $(CFLAGS) $(PKG_CFLAGS) -Iinclude -Ilib -include lib/base/banned.h -MMD -MP -c -o $@ $<
$(BUILD)/cmd/%.o: cmd/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CSTD) $(WARN) $(CFLAGS) -Iinclude -Icmd -include lib/base/banned.h -MMD -MP -c -o $@ $<

-include $(LIB_OBJ:.o=.d) $(CMD_OBJ:.o=.d)
.PHONY: all
