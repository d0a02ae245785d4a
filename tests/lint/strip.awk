# SPDX-License-Identifier: Apache-2.0
#
# C with the contents of comments, strings and character constants replaced by
# nothing, line for line, so that the lint scripts can read code as words.
# Literals leave their quotes: "" and ''. Include lines stay whole. What only C++
# sees is dropped: the brace of extern "C" would be open to the end of the file.

# Cuts the block comment that is open; sets inside when it goes on.
function skip_comment(rest,    at)
{
	at = index(rest, "*/")
	inside = !at
	return at ? substr(rest, at + 2) : ""
}

FNR == 1 { inside = plusplus = 0 }

/^#ifdef __cplusplus/ { plusplus = 1 }

plusplus {
	plusplus = !/^#endif/
	print ""
	next
}

{
	rest = inside ? skip_comment($0) : $0
	if (!inside && rest ~ /^[ \t]*#[ \t]*include/) {
		print rest
		next
	}
	out = ""
	while (match(rest, /\/\*|\/\/|"|'/)) {
		out = out substr(rest, 1, RSTART - 1)
		mark = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		if (mark == "/*") {
			rest = skip_comment(rest)
		} else if (mark == "//") {
			rest = ""
		} else if (mark == "\"") {
			out = out "\"\""
			match(rest, /^([^"\\]|\\.)*"/)
			rest = RLENGTH > 0 ? substr(rest, RLENGTH + 1) : ""
		} else {
			out = out "''"
			match(rest, /^([^'\\]|\\.)*'/)
			rest = RLENGTH > 0 ? substr(rest, RLENGTH + 1) : ""
		}
	}
	print out rest
}
