package trainyard.scenario.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads scenario files and standard input as UTF-8 text of bounded size. */
public final class SourceReader {

    private static final int MAX_BYTES = YamlReader.MAX_CHARACTERS;

    private SourceReader() {}

    /**
     * Reads a file.
     *
     * @param path the file
     * @param asked where another scenario asked for it; empty when it was named on the command line
     * @throws ScenarioException if it is missing, a folder, too large or not UTF-8
     */
    public static SourceText file(Path path, Optional<Position> asked) {
        if (Files.isDirectory(path)) {
            throw fail(asked, Problem.Kind.MISSING, path + " is a folder", "name a scenario file in it");
        }
        if (!Files.exists(path)) {
            throw fail(asked, Problem.Kind.MISSING, "no such file: " + path, nearest(path));
        }
        try (InputStream in = Files.newInputStream(path)) {
            return decode(path.toString(), in.readNBytes(MAX_BYTES + 1));
        } catch (IOException failure) {
            throw fail(asked, Problem.Kind.DATA, "cannot read " + path + ": " + failure.getMessage(), "");
        }
    }

    /** Reads all of a stream, as when a scenario is piped in. */
    public static SourceText stream(String name, InputStream in) {
        try {
            return decode(name, in.readNBytes(MAX_BYTES + 1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static SourceText decode(String name, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw fail(
                    Optional.empty(),
                    Problem.Kind.LIMIT,
                    name + " is larger than " + MAX_BYTES / (1024 * 1024) + " MiB",
                    "a scenario is a few kilobytes; keep data in files of their own");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SourceText(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException failure) {
            throw fail(
                    Optional.empty(),
                    Problem.Kind.DATA,
                    name + " is not UTF-8 text",
                    "save it as UTF-8; is it a scenario at all?");
        }
    }

    private static String nearest(Path path) {
        Path folder = Optional.ofNullable(path.getParent()).orElse(Path.of("."));
        if (!Files.isDirectory(folder) || path.getFileName() == null) {
            return folder.toString().isEmpty() ? "" : "the folder " + folder + " does not exist either";
        }
        try (var files = Files.list(folder)) {
            var names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"))
                    .sorted()
                    .toList();
            return Nearest.hint(path.getFileName().toString(), names);
        } catch (IOException failure) {
            return "";
        }
    }

    private static ScenarioException fail(Optional<Position> asked, Problem.Kind kind, String message, String hint) {
        return new ScenarioException(asked.map(position -> Problem.at(position, kind, message, hint))
                .orElseGet(() -> Problem.of(kind, message, hint)));
    }
}
