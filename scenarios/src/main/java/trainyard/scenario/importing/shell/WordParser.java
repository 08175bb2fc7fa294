package trainyard.scenario.importing.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.source.ScenarioException;

/** Reads words: quotes, escapes and what a dollar sign starts. */
final class WordParser {

    private static final int MAX_DEPTH = 32;
    private static final String ENDS_WORD = " \t\r\n;&|()<>";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*|[0-9@*#?$!-]");
    private static final Pattern BRACED = Pattern.compile("([A-Za-z_][A-Za-z_0-9]*|[0-9]+|[@*])(\\[[@*]])?(:?[-=])?");

    private final ScriptText script;
    private int offset;
    private int depth;
    /** Where the expression ends that is being read. */
    private int arithmeticEnd;

    WordParser(ScriptText script) {
        this.script = script;
    }

    /** Where the last word ended. */
    int end() {
        return offset;
    }

    /** A word of fixed text. */
    Word literal(String text, int at) {
        TracedText.Builder builder = new TracedText.Builder();
        for (char character : text.toCharArray()) {
            builder.add(character, at);
        }
        return new Word(List.of(new Word.Literal(builder.build())), at);
    }

    /**
     * The word that starts at an offset; empty where none does.
     *
     * @throws ScenarioException if a quote or bracket is never closed
     */
    Word word(int from) {
        offset = from;
        return read(Until.WORD_END);
    }

    /** What ends the text that is being read. */
    private enum Until {
        WORD_END,
        QUOTE,
        BRACE,
        ARITHMETIC_END
    }

    private Word read(Until until) {
        Parts parts = new Parts();
        int start = offset;
        if (++depth > MAX_DEPTH) {
            throw script.tooDeep(start);
        }
        while (offset < script.length() && !ends(until)) {
            char next = script.at(offset);
            switch (next) {
                case '\\' -> escape(parts, until);
                case '$' -> dollar(parts, until);
                case '`' -> backquote(parts);
                case '"' -> doubleQuote(parts, until);
                case '\'' -> singleQuote(parts, until);
                default -> parts.text(next, offset++);
            }
        }
        depth--;
        return new Word(parts.build(), start);
    }

    private boolean ends(Until until) {
        char next = script.at(offset);
        return switch (until) {
            case WORD_END -> ENDS_WORD.indexOf(next) >= 0;
            case QUOTE -> next == '"';
            case BRACE -> next == '}';
            case ARITHMETIC_END -> offset >= arithmeticEnd;
        };
    }

    private void escape(Parts parts, Until until) {
        char next = script.at(offset + 1);
        if (next == '\n') {
            offset += 2;
        } else if (next == '\r' && script.at(offset + 2) == '\n') {
            offset += 3;
        } else if (offset + 1 >= script.length()) {
            offset++;
        } else if (until != Until.QUOTE || "\"\\$`".indexOf(next) >= 0) {
            parts.text(next, offset + 1);
            offset += 2;
        } else {
            parts.text('\\', offset++);
        }
    }

    private void doubleQuote(Parts parts, Until until) {
        int open = offset++;
        if (until == Until.QUOTE) {
            return;
        }
        parts.all(read(Until.QUOTE).parts());
        if (offset >= script.length()) {
            throw script.unclosed("'\"'", open);
        }
        offset++;
    }

    private void singleQuote(Parts parts, Until until) {
        if (until == Until.QUOTE) {
            parts.text('\'', offset++);
            return;
        }
        int open = offset++;
        while (script.at(offset) != '\'') {
            if (offset >= script.length()) {
                throw script.unclosed("\"'\"", open);
            }
            parts.text(script.at(offset), offset++);
        }
        offset++;
    }

    private void backquote(Parts parts) {
        int open = offset++;
        while (script.at(offset) != '`') {
            if (offset >= script.length()) {
                throw script.unclosed("'`'", open);
            }
            offset += script.at(offset) == '\\' ? 2 : 1;
        }
        offset++;
        parts.add(new Word.Unread(open));
    }

    private void dollar(Parts parts, Until until) {
        int start = offset;
        if (script.startsWith("$((", offset)) {
            arithmetic(parts, start);
        } else if (script.startsWith("$(", offset)) {
            offset = skipBalanced(offset + 1, '(', ')');
            parts.add(new Word.Unread(start));
        } else if (script.startsWith("${", offset)) {
            braced(parts, start);
        } else if (until != Until.QUOTE && (script.at(offset + 1) == '\'' || script.at(offset + 1) == '"')) {
            offset++;
        } else {
            Optional<String> name = match(NAME, offset + 1).map(Matcher::group);
            offset += 1 + name.map(String::length).orElse(0);
            name.ifPresentOrElse(
                    found -> parts.add(new Word.Variable(found, Optional.empty(), start)),
                    () -> parts.text('$', start));
        }
    }

    private void arithmetic(Parts parts, int start) {
        int end = skipBalanced(start + 1, '(', ')');
        int outer = arithmeticEnd;
        arithmeticEnd = end - 2;
        offset = start + 3;
        parts.add(new Word.Arithmetic(read(Until.ARITHMETIC_END), start));
        arithmeticEnd = outer;
        offset = end;
    }

    private void braced(Parts parts, int start) {
        Optional<Matcher> matcher = match(BRACED, start + 2);
        boolean defaults = matcher.filter(found -> found.group(3) != null).isPresent();
        int after = matcher.map(Matcher::end).orElse(start);
        if (matcher.isPresent() && (defaults || script.at(after) == '}')) {
            offset = after;
            String operator = defaults ? matcher.get().group(3) : "";
            Optional<Word.Otherwise> otherwise = defaults
                    ? Optional.of(
                            new Word.Otherwise(read(Until.BRACE), operator.startsWith(":"), operator.endsWith("=")))
                    : Optional.empty();
            if (offset >= script.length()) {
                throw script.unclosed("'${'", start);
            }
            offset++;
            parts.add(new Word.Variable(matcher.get().group(1), otherwise, start));
        } else {
            offset = skipBalanced(start + 1, '{', '}');
            parts.add(new Word.Unread(start));
        }
    }

    private Optional<Matcher> match(Pattern pattern, int from) {
        Matcher matcher = script.matcher(pattern);
        matcher.region(Math.min(from, script.length()), script.length());
        return matcher.lookingAt() ? Optional.of(matcher) : Optional.empty();
    }

    /**
     * The offset behind the bracket that closes the one at {@code open}; quotes are passed over whole.
     *
     * @throws ScenarioException if there is none
     */
    int skipBalanced(int open, char opening, char closing) {
        int nesting = 0;
        for (int at = open; at < script.length(); at++) {
            char next = script.at(at);
            if (next == '\\') {
                at++;
            } else if (next == '\'' || next == '"') {
                at = closingQuote(at);
            } else if (next == opening) {
                nesting++;
            } else if (next == closing && --nesting == 0) {
                return at + 1;
            }
        }
        throw script.unclosed("'" + opening + "'", open);
    }

    private int closingQuote(int open) {
        for (int at = open + 1; at < script.length(); at++) {
            char next = script.at(at);
            if (next == script.at(open)) {
                return at;
            }
            at += next == '\\' && script.at(open) == '"' ? 1 : 0;
        }
        throw script.unclosed("a quote", open);
    }

    /** Collects parts; characters that follow each other become one. */
    private static final class Parts {

        private final List<Word.Part> parts = new ArrayList<>();
        private TracedText.Builder text = new TracedText.Builder();

        void text(char character, int offset) {
            text.add(character, offset);
        }

        void add(Word.Part part) {
            flush();
            parts.add(part);
        }

        void all(List<Word.Part> more) {
            flush();
            parts.addAll(more);
        }

        private void flush() {
            if (!text.isEmpty()) {
                parts.add(new Word.Literal(text.build()));
                text = new TracedText.Builder();
            }
        }

        List<Word.Part> build() {
            flush();
            return parts;
        }
    }
}
