package trainyard.scenario.importing.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import trainyard.scenario.importing.shell.Statement.Assignment;
import trainyard.scenario.importing.shell.Statement.Joint;
import trainyard.scenario.source.ScenarioException;

/** Turns the text of a script into statements. */
final class ShellParser {

    private static final Set<String> KEYWORDS =
            Set.of("if", "then", "elif", "else", "fi", "while", "until", "do", "done", "esac", "{", "}", "time");
    private static final Set<String> DECLARING = Set.of("export", "declare", "local", "readonly", "typeset", "env");

    private final ScriptText script;
    private final WordParser wordParser;
    private final List<Statement> statements = new ArrayList<>();
    private final List<TracedText> comments = new ArrayList<>();
    private final List<TracedText> documents = new ArrayList<>();
    private final Deque<String> hereDocuments = new ArrayDeque<>();

    /** For each {@code case} around the offset, whether a pattern comes next, in place of the body of a branch. */
    private final Deque<Boolean> cases = new ArrayDeque<>();

    private List<Assignment> assignments = new ArrayList<>();
    private List<Word> words = new ArrayList<>();
    private Joint joint = Joint.NONE;
    private int start;
    private int offset;

    ShellParser(ScriptText script) {
        this.script = script;
        this.wordParser = new WordParser(script);
    }

    /** Lines that start with {@code #}, such as the directives of a batch system. */
    List<TracedText> comments() {
        return comments;
    }

    /** Lines of here-documents, which are input of commands. */
    List<TracedText> documents() {
        return documents;
    }

    /**
     * The statements from top to bottom.
     *
     * @throws ScenarioException if a quote or bracket is never closed
     */
    List<Statement> parse() {
        while (offset < script.length()) {
            step();
        }
        end(Joint.NONE);
        return statements;
    }

    private void step() {
        char next = script.at(offset);
        if (!cases.isEmpty() && cases.peek() && !" \t\r\n#\\".contains(String.valueOf(next)) && !isAt("esac")) {
            pattern();
            return;
        }
        switch (next) {
            case ' ', '\t', '\r' -> offset++;
            case '\n' -> lineEnd();
            case '#' -> comment();
            case '<', '>' -> redirection();
            case ';', '|', '&', '(', ')' -> operator(next);
            default -> word(next);
        }
    }

    /** The patterns before the body of a branch of {@code case}, up to the closing bracket. */
    private void pattern() {
        start = offset;
        words.add(wordParser.literal(Statement.PATTERN, offset));
        while (offset < script.length() && script.at(offset) != ')') {
            char next = script.at(offset);
            if (next == '(' || next == '|' || Character.isWhitespace(next)) {
                offset++;
            } else {
                words.add(readWord());
            }
        }
        offset++;
        end(Joint.NONE);
        cases.pop();
        cases.push(false);
    }

    private boolean isAt(String keyword) {
        char behind = script.at(offset + keyword.length());
        return script.startsWith(keyword, offset) && !Character.isLetterOrDigit(behind) && behind != ')';
    }

    private void lineEnd() {
        end(Joint.NONE);
        offset++;
        while (!hereDocuments.isEmpty()) {
            skipUntil(hereDocuments.poll());
        }
    }

    private void skipUntil(String delimiter) {
        boolean found = false;
        while (!found && offset < script.length()) {
            int lineEnd = script.lineEnd(offset);
            found = script.part(offset, lineEnd).strip().equals(delimiter);
            documents.add(line(lineEnd));
            offset = lineEnd + 1;
        }
    }

    private void comment() {
        int lineEnd = script.lineEnd(offset);
        comments.add(line(lineEnd));
        offset = lineEnd;
    }

    /** What is left of a line, as it is written. */
    private TracedText line(int end) {
        TracedText.Builder text = new TracedText.Builder();
        for (int i = offset; i < end; i++) {
            text.add(script.at(i), i);
        }
        return text.build();
    }

    private void operator(char first) {
        start = words.isEmpty() && assignments.isEmpty() ? offset : start;
        if (first == '&' && script.at(offset + 1) == '>') {
            offset++;
            redirection();
        } else if (script.startsWith("()", offset)) {
            words.add(wordParser.literal("()", offset));
            offset += 2;
        } else if (!cases.isEmpty() && (script.startsWith(";;", offset) || script.startsWith(";&", offset))) {
            endOfBranch();
        } else if (script.startsWith("((", offset)) {
            words.add(new Word(List.of(new Word.Unread(offset)), offset));
            offset = wordParser.skipBalanced(offset, '(', ')');
        } else {
            boolean twice = (first == '&' || first == '|') && script.at(offset + 1) == first;
            offset += twice ? 2 : 1;
            end(twice ? first == '&' ? Joint.AND : Joint.OR : Joint.NONE);
        }
    }

    /** The body of a branch ends; where it goes on with the next one, which of them run is not followed. */
    private void endOfBranch() {
        end(Joint.NONE);
        start = offset;
        while (script.at(offset) == ';' || script.at(offset) == '&') {
            if (script.at(offset) == '&') {
                words.add(wordParser.literal(Statement.FALLS_THROUGH, offset));
            }
            offset++;
        }
        end(Joint.NONE);
        cases.pop();
        cases.push(true);
    }

    /** Where output goes to or input comes from is of no interest, except that a here-document has to be passed over. */
    private void redirection() {
        boolean hereDocument = script.startsWith("<<", offset) && !script.startsWith("<<<", offset);
        if (skipsProcess()) {
            return;
        }
        while (isArrow(script.at(offset))) {
            offset++;
        }
        boolean copies = script.at(offset) == '&';
        offset += copies || script.at(offset) == '|' ? 1 : 0;
        boolean closesOrStrips = script.at(offset) == '-' && (copies || hereDocument);
        offset += closesOrStrips ? 1 : 0;
        if (closesOrStrips && copies) {
            return;
        }
        while (script.at(offset) == ' ' || script.at(offset) == '\t') {
            offset++;
        }
        if (!skipsProcess()) {
            Word target = readWord();
            if (hereDocument) {
                hereDocuments.add(target.literal().orElse(""));
            }
        }
    }

    /** Passes over a command in brackets that takes the place of a file. */
    private boolean skipsProcess() {
        boolean process = isArrow(script.at(offset)) && script.at(offset + 1) == '(';
        if (process) {
            offset = wordParser.skipBalanced(offset + 1, '(', ')');
        }
        return process;
    }

    private static boolean isArrow(char character) {
        return character == '<' || character == '>';
    }

    /** The end of digits that say which stream is redirected, as the {@code 2} of {@code 2>&1} does; else the offset itself. */
    private int streamEnd() {
        int end = offset;
        while (script.at(end) >= '0' && script.at(end) <= '9') {
            end++;
        }
        return isArrow(script.at(end)) ? end : offset;
    }

    private void word(char first) {
        int stream = streamEnd();
        if (stream > offset) {
            offset = stream;
            redirection();
            return;
        }
        if (first == '\\' && script.startsWith("\\\r\n", offset)) {
            offset += 3;
            return;
        }
        if (first == '\\' && script.at(offset + 1) == '\n') {
            offset += 2;
            return;
        }
        if (words.isEmpty() && assignments.isEmpty()) {
            start = offset;
        }
        int nameEnd = assignedName();
        if (nameEnd > 0 && (words.isEmpty() || DECLARING.contains(firstWord()))) {
            assignment(nameEnd);
            return;
        }
        words.add(readWord());
        if (words.size() == 1 && firstWord().equals("esac") && !cases.isEmpty()) {
            cases.pop();
        } else if (words.size() == 3 && firstWord().equals("case") && isLast("in")) {
            end(Joint.NONE);
            cases.push(true);
            return;
        }
        if (words.size() == 1 && assignments.isEmpty() && KEYWORDS.contains(firstWord()) || opensFunction()) {
            end(Joint.NONE);
        }
    }

    /** Whether the words so far are {@code name ()} and an opening brace. */
    private boolean opensFunction() {
        int last = words.size() - 1;
        return last >= 1
                && words.get(last).literal().filter("{"::equals).isPresent()
                && words.get(last - 1).literal().filter("()"::equals).isPresent();
    }

    private boolean isLast(String text) {
        return words.get(words.size() - 1).literal().filter(text::equals).isPresent();
    }

    private String firstWord() {
        return words.get(0).literal().orElse("");
    }

    /** Reads one word; passes over a character that starts none, so that reading always goes on. */
    private Word readWord() {
        int before = offset;
        Word word = wordParser.word(offset);
        offset = wordParser.end();
        if (offset == before && offset < script.length() && script.at(offset) != '\n') {
            offset++;
        }
        return word;
    }

    /** End of the name where {@code NAME=} or {@code NAME+=} stands here; else 0. */
    private int assignedName() {
        int end = offset;
        while (Character.isLetterOrDigit(script.at(end)) || script.at(end) == '_') {
            end++;
        }
        boolean named = end > offset && !Character.isDigit(script.at(offset));
        boolean assigned = script.at(end) == '=' || script.startsWith("+=", end);
        return named && assigned ? end : 0;
    }

    private void assignment(int nameEnd) {
        String name = script.part(offset, nameEnd);
        boolean appends = script.at(nameEnd) == '+';
        offset = nameEnd + (appends ? 2 : 1);
        boolean list = script.at(offset) == '(';
        Word value = list ? list() : readValue();
        assignments.add(new Assignment(name, appends, list, value));
    }

    private Word readValue() {
        Word value = wordParser.word(offset);
        offset = wordParser.end();
        return value;
    }

    /** The values of an array as one word with spaces between them. */
    private Word list() {
        int open = offset++;
        List<Word.Part> parts = new ArrayList<>();
        while (script.at(offset) != ')') {
            if (offset >= script.length()) {
                throw script.unclosed("'('", open);
            }
            char next = script.at(offset);
            if (next == '#') {
                offset = script.lineEnd(offset);
            } else if (Character.isWhitespace(next)) {
                offset++;
            } else if (next == '\\' && (script.at(offset + 1) == '\n' || script.at(offset + 1) == '\r')) {
                offset += 2;
            } else {
                parts.addAll(readWord().parts());
                parts.addAll(wordParser.literal(" ", offset).parts());
            }
        }
        offset++;
        return new Word(parts, open);
    }

    /** Ends the statement; {@code &&} at the end of a line joins the next one. */
    private void end(Joint next) {
        boolean pending = !words.isEmpty() || !assignments.isEmpty();
        if (pending) {
            statements.add(new Statement(joint, assignments, words, start));
            assignments = new ArrayList<>();
            words = new ArrayList<>();
        }
        joint = pending || next != Joint.NONE ? next : joint;
    }
}
