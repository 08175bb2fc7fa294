package trainyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares text with a committed file; {@code -Dtrainyard.update=true} writes the file instead. */
public final class Goldens {

    private static final String END = "<!-- end -->";

    private Goldens() {}

    /** The project's folder, from the folder of this module. */
    public static Path project() {
        return Path.of("").toAbsolutePath().getParent();
    }

    /** Compares the lines of a page between {@code <!-- name -->} and {@code <!-- end -->}. */
    public static void checkPart(Path page, String name, String actual) {
        String text = text(page);
        int from = begin(page, text, name);
        check(page, text.substring(0, from) + actual + text.substring(text.indexOf(END, from)));
    }

    /** The lines of a page between {@code <!-- name -->} and {@code <!-- end -->}. */
    public static String part(Path page, String name) {
        String text = text(page);
        int from = begin(page, text, name);
        return text.substring(from, text.indexOf(END, from));
    }

    private static int begin(Path page, String text, String name) {
        String begin = "<!-- " + name + " -->\n";
        int from = text.indexOf(begin) + begin.length();
        assertThat(from >= begin.length() && text.indexOf(END, from) >= from)
                .as("%s has a part %s", page, name)
                .isTrue();
        return from;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static void check(Path committed, String actual) {
        assertThat(actual)
                .as("%s is stale; run the tests of this module once with -Dtrainyard.update=true", committed)
                .isEqualTo(committed(committed, actual));
    }

    /** The text of a committed file, which is renewed first where that is asked for. */
    public static String committed(Path file, String actual) {
        try {
            if (Boolean.getBoolean("trainyard.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
