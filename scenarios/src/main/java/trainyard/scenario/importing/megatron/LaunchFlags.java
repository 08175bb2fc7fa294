package trainyard.scenario.importing.megatron;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.shell.ShellScript;
import trainyard.scenario.importing.shell.TracedText;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** The flags of the command that starts training, and of which of them the log speaks. */
final class LaunchFlags {

    /** One flag; underscores in its name are hyphens, as the launchers take both. */
    private record Flag(String name, TracedText written, List<TracedText> values) {

        /** Whether the next flag or the end of the command comes behind it. */
        boolean isEmpty() {
            return values.isEmpty() || values.get(0).text().isEmpty();
        }
    }

    /** Said of a variable or a command that the script does not decide. */
    static final String IN_THE_SHELL = " is known only when the script runs";
    /** The same of several. */
    static final String ONLY_THEN = ", are known only when the script runs";

    private final ShellScript script;
    private final TracedText command;
    private final Map<String, Flag> flags;
    private final ImportLog log;
    /** Flags of which it was said that only a running shell knows them, with the part that it knows. */
    private final Map<String, Found> left = new LinkedHashMap<>();

    private LaunchFlags(ShellScript script, TracedText command, Map<String, Flag> flags, ImportLog log) {
        this.script = script;
        this.command = command;
        this.flags = flags;
        this.log = log;
    }

    /**
     * The flags of the text with the most flags of {@code known}; of several the last, since scripts collect arguments in
     * variables and use them at last.
     *
     * @throws ScenarioException if no text has any
     */
    static LaunchFlags find(ShellScript script, SourceText source, Set<String> known, ImportLog log) {
        Map<String, Flag> best = Map.of();
        TracedText command = null;
        long most = 1;
        UnreadCommands others = new UnreadCommands(script, known);
        for (TracedText text : script.texts()) {
            Map<String, Flag> flags = others.isCutOff(text) ? Map.of() : flags(text);
            long count = flags.keySet().stream().filter(known::contains).count();
            if (count >= most) {
                most = count;
                best = flags;
                command = text;
            }
        }
        if (best.isEmpty()) {
            others.requireNone();
            throw new ScenarioException(Problem.at(
                    source.at(1, 1, 1),
                    Problem.Kind.VALUE,
                    "no command here has arguments of Megatron-LM",
                    "a launch script has some, such as --num-layers 96"));
        }
        others.tell(command, log);
        return new LaunchFlags(script, command, best, log);
    }

    /** The flags of a text; the last of equal ones counts, as for Python's argparse. */
    private static Map<String, Flag> flags(TracedText text) {
        Map<String, Flag> flags = new LinkedHashMap<>();
        if (text.text().indexOf('-') < 0) {
            return flags;
        }
        List<TracedText> values = new ArrayList<>();
        for (TracedText word : text.words()) {
            if (isFlag(word.text())) {
                values = new ArrayList<>();
                int equals = word.text().indexOf('=');
                TracedText written = equals < 0 ? word : word.part(0, equals);
                if (equals >= 0) {
                    values.add(word.part(equals + 1, word.text().length()));
                }
                String name = name(written.text());
                flags.put(name, new Flag(name, written, values));
            } else {
                values.add(word);
            }
        }
        return flags;
    }

    /** The words behind those flags of a text that are known. */
    static Map<String, List<String>> words(TracedText text, Set<String> known) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        flags(text).forEach((name, flag) -> {
            if (known.contains(name)) {
                words.put(name, flag.values().stream().map(TracedText::text).toList());
            }
        });
        return words;
    }

    /** One or two hyphens and a letter; what starts with a hyphen and a digit is a negative number. */
    private static boolean isFlag(String word) {
        int hyphens = word.startsWith("--") ? 2 : word.startsWith("-") ? 1 : 0;
        return hyphens > 0 && word.length() > hyphens && Character.isLetter(word.charAt(hyphens));
    }

    /** The name without its hyphens in front. */
    static String name(String flag) {
        return flag.substring(flag.startsWith("--") ? 2 : 1).replace('_', '-');
    }

    /** The Python program that the command starts, without its folder. */
    Optional<Found> program() {
        return command.words().stream()
                .filter(word -> word.text().endsWith(".py"))
                .findFirst()
                .map(word -> new Found(
                        word.text(), word.text().substring(word.text().lastIndexOf('/') + 1), script.position(word)));
    }

    /** That a flag is not given, which stands where the command begins. */
    Found without(String name) {
        return new Found("no --" + name, "", script.position(command.words().get(0)));
    }

    /** That the script takes in another file, in which what is missing may stand; empty if it does not. */
    String otherFile() {
        return script.otherFiles().stream()
                .findFirst()
                .map(file -> "; the file that line " + file.line() + " takes in is not read")
                .orElse("");
    }

    /** Whether a flag is given. */
    boolean has(String name) {
        return flags.containsKey(name);
    }

    /** The flag itself, if it is given. */
    Optional<Found> flag(String name) {
        return Optional.ofNullable(flags.get(name))
                .map(flag -> new Found("--" + name, "", script.position(flag.written())));
    }

    /**
     * The first value of a flag; nothing where it is not given or only a running shell would know it, which is noted.
     *
     * @throws ScenarioException if nothing stands behind the flag, where argparse would refuse the command
     */
    Optional<Found> value(String name) {
        Optional<Flag> flag = Optional.ofNullable(flags.get(name));
        flag.filter(Flag::isEmpty).ifPresent(this::refuseWithoutValue);
        Optional<TracedText> value =
                flag.map(given -> script.insideQuotes(given.values().get(0)));
        if (value.filter(TracedText::isUnread).isPresent()) {
            Found open = new Found(
                    "--" + name,
                    script.unread(value.get()),
                    script.position(flag.get().written()));
            if (left.put(name, open) == null) {
                log.note(Fate.OPEN, open, open.text() + IN_THE_SHELL);
            }
            return Optional.empty();
        }
        return value.map(text -> new Found("--" + name, unquoted(text.text()), script.position(text)));
    }

    private void refuseWithoutValue(Flag flag) {
        throw new ScenarioException(Problem.at(
                script.position(flag.written()),
                Problem.Kind.VALUE,
                flag.written().text() + " has no value",
                "write it behind the flag, or leave the flag out"));
    }

    /** All values of a flag that takes several; nothing where it is not given or a value is not known, which is noted. */
    Optional<Found> values(String name) {
        return value(name)
                .map(first -> new Found(
                        first.name(),
                        flags.get(name).values().stream()
                                .map(text -> unquoted(text.text()))
                                .collect(Collectors.joining(" ")),
                        first.position()));
    }

    private static String unquoted(String text) {
        return text.replaceAll("^['\"]|['\"]$", "");
    }

    /** The first of several names that is given with a value. */
    Optional<Found> anyOf(String... names) {
        Optional<Found> found = Optional.empty();
        for (String name : names) {
            Optional<Found> value = value(name);
            found = found.isPresent() ? found : value;
        }
        return found;
    }

    /** A value in lower case. */
    Optional<String> word(String name) {
        return value(name).map(found -> found.text().toLowerCase(Locale.ROOT));
    }

    /** A count; {@code otherwise} where it is not given. */
    long count(String name, long otherwise) {
        return value(name).map(Found::count).orElse(otherwise);
    }

    /** Notes what becomes of a word that stands in the way of a number. */
    void note(Fate fate, Found found, String detail) {
        log.note(fate, found, detail);
    }

    /** The part of a flag's value that only a running shell knows, if it was asked for and has one. */
    Optional<Found> opened(String name) {
        return Optional.ofNullable(left.get(name));
    }

    /** Flags that were asked for and whose values only a running shell knows, each with what stands in place of its value. */
    List<Found> open() {
        return List.copyOf(left.values());
    }

    /**
     * Words that only a running shell knows and that are no values, such as {@code "$@"}: they stand behind a flag that takes none, or
     * behind the value of one that takes one.
     */
    List<Found> unknownWords() {
        return flags.values().stream()
                .filter(flag -> !IgnoredFlags.takesSeveral(flag.name()))
                .flatMap(flag -> flag.values().stream().skip(IgnoredFlags.isSwitch(flag.name()) ? 0 : 1))
                .filter(TracedText::isUnread)
                .map(word -> new Found(script.unread(word), "", script.position(word)))
                .toList();
    }

    /** Gives every flag of which no line of the log speaks, as written. */
    void forEachUntold(BiConsumer<String, Position> action) {
        flags.forEach((name, flag) -> {
            if (!log.tellsOf("--" + name)) {
                action.accept(flag.written().text(), script.position(flag.written()));
            }
        });
    }
}
