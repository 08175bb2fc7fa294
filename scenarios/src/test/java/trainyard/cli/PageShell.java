package trainyard.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the commands of a page in this process as a shell in the project's folder would, except that what they write goes to
 * another folder. It knows {@code ./trainyard}, {@code sed 's/A/B/' FILE}, {@code > FILE} and {@code echo $?}.
 */
final class PageShell {

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final String RESULTS = "out/results";

    private final Path project;
    private final Path folder;
    private int lastCode;

    PageShell(Path project, Path folder) {
        this.project = project;
        this.folder = folder;
    }

    /**
     * Runs a command line and returns what it prints, paths as the page's reader sees them.
     *
     * @throws IllegalArgumentException if it is none of the commands known
     */
    String run(String line) {
        List<String> words = words(line);
        int redirection = words.indexOf(">");
        if (redirection < 0) {
            return print(words);
        }
        String text = print(words.subList(0, redirection));
        write(folder.resolve(words.get(redirection + 1)), text);
        return "";
    }

    private String print(List<String> words) {
        return switch (words.get(0)) {
            case "./trainyard" -> trainyard(words.subList(1, words.size()));
            case "sed" -> substituted(words.get(1), words.get(2));
            case "echo" -> lastCode + "\n";
            default -> throw new IllegalArgumentException("a page may not show the command " + String.join(" ", words));
        };
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group().replaceAll("^(['\"])(.*)\\1$", "$2"));
        }
        return words;
    }

    private String trainyard(List<String> words) {
        List<String> arguments =
                new ArrayList<>(words.stream().map(this::located).toList());
        if (words.get(0).equals("run")) {
            arguments.addAll(List.of("-o", folder.resolve(RESULTS).toString()));
        }
        Cli cli = Cli.run(arguments.toArray(String[]::new));
        lastCode = cli.code();
        // How long a search took is said apart from its result and differs from run to run.
        String printed = words.get(0).equals("plan") && cli.code() == 0 ? cli.out() : cli.out() + cli.err();
        String text = printed.replace(folder + "/", "").replace(project + "/", "");
        return text.contains(RESULTS) ? text.replace(RESULTS, defaultResults()) : text;
    }

    /** The folder that {@code run} chooses when it is not told one, from the manifest that it wrote. */
    private String defaultResults() {
        JsonNode manifest;
        try {
            manifest = new ObjectMapper()
                    .readTree(folder.resolve(RESULTS).resolve("manifest.json").toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return "out/" + manifest.get("name").asText() + "-"
                + manifest.get("scenario_sha256").asText().substring(0, 8);
    }

    private String substituted(String expression, String file) {
        String[] parts = expression.split("/", -1);
        return read(folder.resolve(file)).replace(parts[1], parts[2]);
    }

    /** A file that a command of the page has written, else one of the project. */
    private String located(String word) {
        if (!word.matches(".*\\.(yaml|json|sh)")) {
            return word;
        }
        Path written = folder.resolve(word);
        return (Files.exists(written) ? written : project.resolve(word)).toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
