package trainyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares text with a committed file; {@code -Dtrainyard.update=true} writes the file instead. */
public final class Goldens {

    private Goldens() {}

    /** The project's folder, from the folder of this module. */
    public static Path project() {
        return Path.of("").toAbsolutePath().getParent();
    }

    public static void check(Path committed, String actual) {
        try {
            if (Boolean.getBoolean("trainyard.update")) {
                Files.createDirectories(committed.getParent());
                Files.writeString(committed, actual);
            }
            assertThat(actual)
                    .as("%s is stale; run the tests of this module once with -Dtrainyard.update=true", committed)
                    .isEqualTo(Files.readString(committed));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
