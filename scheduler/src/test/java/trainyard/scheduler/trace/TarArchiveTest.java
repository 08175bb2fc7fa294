package trainyard.scheduler.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;

class TarArchiveTest {

    private static final int BLOCK = 512;

    @TempDir
    private Path folder;

    /** One file of 8 bytes, whose size is stated so; two empty blocks end the archive. */
    private TraceFile archive(String size, int bytes) throws IOException {
        byte[] content = new byte[4 * BLOCK];
        put(content, 0, "./jobs.csv");
        put(content, 124, size);
        content[156] = '0';
        put(content, BLOCK, "a,b\n1,2\n");
        Path file = folder.resolve("jobs.tar");
        Files.write(file, Arrays.copyOf(content, bytes));
        return TraceFile.of(file);
    }

    private static void put(byte[] content, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, content, at, bytes.length);
    }

    @Test
    void filesAreFoundByTheirPath() throws IOException {
        TarArchive archive = TarArchive.read(archive("00000000010", 4 * BLOCK));
        assertThat(archive.paths()).containsExactly("jobs.csv");
        assertThat(archive.table("jobs.csv").orElseThrow().rows().get(0).text("b"))
                .isEqualTo("2");
        assertThat(archive.table("other.csv")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 2048, a size is negative",
        "9, 2048, a size is no number",
        "4000, 2048, the archive ends within jobs.csv",
        "10, 700, the archive ends behind jobs.csv",
        "10, 100, 'no archive of tar, or no file in it'"
    })
    void damagedArchivesAreRefusedWithTheirName(String size, int bytes, String message) throws IOException {
        TraceFile damaged = archive(size, bytes);
        assertThatThrownBy(() -> TarArchive.read(damaged))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("jobs.tar:1: ")
                .hasMessageContaining(message);
    }
}
