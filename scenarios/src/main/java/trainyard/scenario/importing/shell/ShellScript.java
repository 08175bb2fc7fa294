package trainyard.scenario.importing.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.importing.shell.Statement.Assignment;
import trainyard.scenario.importing.shell.Statement.Joint;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/**
 * Follows a script from top to bottom and collects each command and each value with its variables put in. Values are put in
 * when they are assigned, as bash does, so no variable can refer to itself without end; all text together is limited.
 */
public final class ShellScript {

    private static final int MAX_CHARACTERS = 4_000_000;
    private static final Pattern INNER_VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z_0-9]*)}?");
    /** Variables to which an arithmetic command gives another value. */
    private static final Pattern COUNTED = Pattern.compile(
            "[A-Za-z_]\\w*(?=\\s*(?:(?:<<|>>|[-+*/%&|^])?=(?!=)|\\+\\+|--))|(?<=\\+\\+|--)[A-Za-z_]\\w*");

    /** What is known only when the script runs, up to its closing bracket. */
    private static final Pattern CLOSED = Pattern.compile("\\$?\\(\\(.*?\\)\\)|\\$\\([^()]*\\)|`[^`]*`|\\$\\{[^{}]*}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Set<String> LOOPS = Set.of("while", "until");

    private final ScriptText script;
    private final Map<String, TracedText> variables = new LinkedHashMap<>();
    private final List<TracedText> texts = new ArrayList<>();
    private final List<TracedText> comments;
    private final List<TracedText> documents;
    private final List<Passage> passedOver = new ArrayList<>();
    private final List<Position> otherFiles = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    /** Commands that take in another file. */
    private static final Set<String> READING = Set.of("source", ".");

    private final Branches branches = new Branches();
    private Truth lastSucceeded = Truth.YES;
    private boolean inPassage;
    private boolean functionBody;
    /** Where the current part starts that is not followed; below 0 where all is followed. */
    private int unfollowed = -1;

    private int characters;

    /** Variables that are set before the script runs. */
    public interface Environment {
        Map<String, TracedText> of(List<TracedText> comments);
    }

    /**
     * A part of the script that was not followed.
     *
     * @param position where it starts
     * @param reason why
     */
    public record Passage(Position position, String reason) {}

    /**
     * A command with its variables put in.
     *
     * @param text the command and its arguments
     * @param position where it starts
     * @param part where the part of the script starts that holds it and is not followed; empty where it is followed
     */
    public record Command(TracedText text, Position position, Optional<Position> part) {}

    private ShellScript(ScriptText script, Environment environment) {
        this.script = script;
        ShellParser parser = new ShellParser(script);
        List<Statement> statements = parser.parse();
        comments = parser.comments();
        documents = parser.documents();
        variables.putAll(environment.of(comments));
        statements.forEach(this::follow);
    }

    /**
     * Reads a script.
     *
     * @param environment variables that the batch system would set, from the directives among the comments
     * @throws ScenarioException if a quote or bracket is never closed, or the values grow beyond all measure
     */
    public static ShellScript read(SourceText source, Environment environment) {
        return new ShellScript(new ScriptText(source), environment);
    }

    /** Commands and values, in the order of the script. */
    public List<TracedText> texts() {
        return List.copyOf(texts);
    }

    /** Commands in the order of the script, also those of parts that are not followed. */
    public List<Command> commands() {
        return List.copyOf(commands);
    }

    /** Lines that start with {@code #}. */
    public List<TracedText> comments() {
        return List.copyOf(comments);
    }

    /** Lines of here-documents, which are not followed. */
    public List<TracedText> hereDocuments() {
        return List.copyOf(documents);
    }

    /** Where the script takes in another file, which is not read. */
    public List<Position> otherFiles() {
        return List.copyOf(otherFiles);
    }

    /** Parts with assignments that were not followed, and files that the script takes in. */
    public List<Passage> passedOver() {
        return List.copyOf(passedOver);
    }

    /** Where a text stands. */
    public Position position(TracedText text) {
        return script.position(text.offset(), text.text().length());
    }

    /**
     * A text that is the name of a variable behind a dollar sign, which a shell within the shell would put in, such as {@code
     * \$SLURM_NNODES} in {@code bash -c "..."}: its value, or a text that is not known. Any other text as it is.
     */
    public TracedText insideQuotes(TracedText text) {
        Matcher name = INNER_VARIABLE.matcher(text.text());
        if (!name.matches()) {
            return text;
        }
        TracedText.Builder unknown = new TracedText.Builder();
        unknown.add(TracedText.UNREAD, text.offset());
        return Optional.ofNullable(variables.get(name.group(1))).orElseGet(unknown::build);
    }

    /** What the script has in the place of the first unknown part of a text, such as {@code $1} or <code>$(hostname)</code>. */
    public String unread(TracedText text) {
        int start = text.unreadOffset();
        String rest = script.part(start, Math.min(script.lineEnd(start), start + 60));
        Matcher whole = CLOSED.matcher(rest);
        if (whole.lookingAt()) {
            return whole.group();
        }
        return rest.split("[\\s\"';|&]", 2)[0];
    }

    private void follow(Statement statement) {
        String command = statement.command();
        if (functionBody && command.equals("{")) {
            branches.open("{", Truth.UNKNOWN);
        } else if (statement.has("()") || command.equals("function")) {
            boolean opened = statement.has("{");
            functionBody = !opened;
            if (opened) {
                branches.open("{", Truth.UNKNOWN);
            }
            unfollowed = unfollowed < 0 ? statement.offset() : unfollowed;
            return;
        } else {
            control(statement, command);
        }
        functionBody = false;
        if (branches.reached() == Truth.YES) {
            unfollowed = -1;
        } else if (unfollowed < 0) {
            unfollowed = statement.offset();
        }
    }

    private void control(Statement statement, String command) {
        switch (command) {
            case "if" -> branches.openCondition();
            case "for", "select" -> {
                if (branches.reached() == Truth.YES) {
                    statement.words().stream().skip(1).limit(1).forEach(this::forgetNamed);
                }
                branches.open("loop", Truth.UNKNOWN);
            }
            case "case" -> branches.openCase(expand(statement.words()));
            case Statement.PATTERN -> branches.pattern(expand(statement.words()));
            case Statement.FALLS_THROUGH -> branches.fallThrough();
            case "{" -> branches.open("{", Truth.YES);
            case "then", "elif", "else", "fi", "done", "esac", "}" -> branches.keyword(command);
            case "do", "time" -> {}
            default -> {
                if (LOOPS.contains(command)) {
                    branches.open("loop", Truth.UNKNOWN);
                } else {
                    command(statement);
                }
            }
        }
        inPassage &= branches.reached() != Truth.YES;
    }

    private void command(Statement statement) {
        if (branches.inCondition()) {
            branches.condition(ShellCondition.of(expand(statement.words())), statement.joint());
            return;
        }
        Truth reached = branches.reached().and(reachedBy(statement.joint()));
        if (reached != Truth.NO && READING.contains(statement.command())) {
            otherFiles.add(
                    script.position(statement.offset(), statement.command().length()));
            passedOver.add(new Passage(
                    script.position(statement.offset(), statement.command().length()),
                    "it is another file, which is not read; what it sets is not known here"));
        }
        if (reached == Truth.YES) {
            run(statement);
        } else if (reached == Truth.UNKNOWN && !statement.words().isEmpty()) {
            Position part = script.position(unfollowed < 0 ? statement.offset() : unfollowed, 1);
            commands.add(new Command(joined(expand(statement.words())), position(statement), Optional.of(part)));
        }
        if (reached == Truth.UNKNOWN && statement.assigns() && !inPassage) {
            inPassage = true;
            passedOver.add(new Passage(
                    script.position(statement.offset(), 1),
                    "in a loop, a function or a branch that depends on what only a running shell knows"));
        }
    }

    private Position position(Statement statement) {
        return script.position(statement.offset(), 1);
    }

    private Truth reachedBy(Joint joint) {
        return switch (joint) {
            case NONE -> Truth.YES;
            case AND -> lastSucceeded;
            case OR -> lastSucceeded.not();
        };
    }

    /**
     * Keeps the values; of commands only tests are decided. Arithmetic ones say whether their value is 0, which is not known; all others
     * are taken to succeed.
     */
    private void run(Statement statement) {
        statement.assignments().forEach(this::assign);
        forget(statement);
        List<TracedText> words = expand(statement.words());
        boolean decides = ShellCondition.isTest(words) || isArithmetic(statement);
        lastSucceeded = decides ? ShellCondition.of(words) : Truth.YES;
        if (!words.isEmpty()) {
            TracedText text = joined(words);
            texts.add(text);
            commands.add(new Command(text, position(statement), Optional.empty()));
        }
    }

    /** What commands such as {@code ((TP *= 2))}, {@code let TP=2} and {@code read TP} make of variables is not followed. */
    private void forget(Statement statement) {
        switch (statement.command()) {
            case "unset" -> statement.words().forEach(word -> word.literal().ifPresent(variables::remove));
            case "read" -> statement.words().stream().skip(1).forEach(this::forgetNamed);
            case "let" ->
                statement.words().stream()
                        .skip(1)
                        .forEach(word ->
                                word.literal().ifPresent(expression -> forgetCounted(expression, word.offset())));
            default -> {
                if (isArithmetic(statement)) {
                    String rest = script.part(statement.offset(), script.lineEnd(statement.offset()));
                    forgetCounted(rest.split("\\)\\)", 2)[0], statement.offset());
                }
            }
        }
    }

    private boolean isArithmetic(Statement statement) {
        return statement.command().equals("let") || script.startsWith("((", statement.offset());
    }

    private void forgetNamed(Word word) {
        word.literal().filter(NAME.asMatchPredicate()).ifPresent(name -> forget(name, word.offset()));
    }

    private void forgetCounted(String expression, int offset) {
        COUNTED.matcher(expression).results().forEach(name -> forget(name.group(), offset));
    }

    private void forget(String name, int offset) {
        variables.put(name, fixed(String.valueOf(TracedText.UNREAD), offset));
    }

    private void assign(Assignment assignment) {
        TracedText.Builder value = new TracedText.Builder();
        if (assignment.appends()) {
            Optional.ofNullable(variables.get(assignment.name())).ifPresent(old -> append(value, old));
            if (assignment.list()) {
                value.add(' ', assignment.value().offset());
            }
        }
        append(value, expand(assignment.value()));
        TracedText built = value.build();
        variables.put(assignment.name(), built);
        texts.add(built);
    }

    private List<TracedText> expand(List<Word> words) {
        return words.stream().map(this::expand).toList();
    }

    private TracedText joined(List<TracedText> words) {
        TracedText.Builder line = new TracedText.Builder();
        for (TracedText word : words) {
            append(line, word);
            line.add(' ', word.offset());
        }
        return line.build();
    }

    private TracedText expand(Word word) {
        TracedText.Builder text = new TracedText.Builder();
        for (Word.Part part : word.parts()) {
            if (part instanceof Word.Literal literal) {
                append(text, literal.text());
            } else if (part instanceof Word.Variable variable) {
                append(text, value(variable));
            } else if (part instanceof Word.Arithmetic arithmetic) {
                append(text, value(arithmetic));
            } else if (part instanceof Word.Unread unread) {
                text.add(TracedText.UNREAD, unread.offset());
            }
        }
        return text.build();
    }

    private TracedText value(Word.Variable variable) {
        Optional<TracedText> known = Optional.ofNullable(variables.get(variable.name()));
        if (variable.otherwise().isPresent()) {
            Word.Otherwise otherwise = variable.otherwise().get();
            return known.filter(text -> !otherwise.ofEmpty() || !text.text().isEmpty())
                    .orElseGet(() -> value(variable.name(), otherwise));
        }
        return known.orElseGet(() -> fixed(String.valueOf(TracedText.UNREAD), variable.offset()));
    }

    private TracedText value(String name, Word.Otherwise otherwise) {
        TracedText value = expand(otherwise.word());
        // Words of a case or a condition that is never reached are read, too.
        if (otherwise.assigned() && branches.reached() == Truth.YES) {
            variables.put(name, value);
        }
        return value;
    }

    private TracedText value(Word.Arithmetic arithmetic) {
        String value = ShellArithmetic.value(
                        expand(arithmetic.expression()).text(),
                        name -> Optional.ofNullable(variables.get(name)).map(TracedText::text))
                .map(String::valueOf)
                .orElse(String.valueOf(TracedText.UNREAD));
        return fixed(value, arithmetic.offset());
    }

    private static TracedText fixed(String text, int offset) {
        TracedText.Builder builder = new TracedText.Builder();
        for (char character : text.toCharArray()) {
            builder.add(character, offset);
        }
        return builder.build();
    }

    private void append(TracedText.Builder builder, TracedText more) {
        characters += more.text().length();
        if (characters > MAX_CHARACTERS) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.LIMIT,
                    "the values of the script grow beyond " + MAX_CHARACTERS + " characters",
                    "a variable that contains itself many times?"));
        }
        builder.add(more);
    }
}
