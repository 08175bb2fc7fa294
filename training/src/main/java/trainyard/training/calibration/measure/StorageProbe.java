package trainyard.training.calibration.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Writes a file of the size of a checkpoint until it is on the disk (fsync), then reads it back. What was just written is read
 * from memory as a rule, so the reading says little about the disk.
 */
public final class StorageProbe {

    /** Word of its samples. */
    public static final String SUITE = "storage";

    /** Name of the samples of writing. */
    public static final String WRITE = "write+fsync";

    /** Name of the samples of reading. */
    public static final String READ = "read";

    private static final int CHUNK = 1 << 20;

    private StorageProbe() {}

    /**
     * Measures once into the log, beside the log's own file.
     *
     * @param mebibytes size of the file
     * @throws IOException if the file cannot be written or read
     */
    public static void round(SampleLog log, int mebibytes, int round) throws IOException {
        if (log.has(SUITE, WRITE, round)) {
            return;
        }
        Path folder = log.file().toAbsolutePath().getParent();
        Path file = Files.createTempFile(folder, "checkpoint-probe", ".bin");
        try {
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
            List<Sample> samples = new ArrayList<>();
            samples.add(sample(log, WRITE, round, mebibytes, any -> write(file, chunk, mebibytes)));
            samples.add(sample(log, READ, round, mebibytes, any -> read(file, chunk)));
            log.add(samples);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Sample sample(
            SampleLog log, String name, int round, int mebibytes, ToDoubleFunction<String> seconds) {
        double time = seconds.applyAsDouble(name);
        return new Sample(
                log.setting(),
                SUITE,
                name,
                round,
                (double) mebibytes * CHUNK,
                time,
                OptionalDouble.empty(),
                Sampler.load(),
                Sampler.now());
    }

    private static double write(Path file, ByteBuffer chunk, int mebibytes) {
        long begin = System.nanoTime();
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < mebibytes; i++) {
                chunk.clear();
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            }
            out.force(true);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double read(Path file, ByteBuffer chunk) {
        long begin = System.nanoTime();
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            do {
                chunk.clear();
            } while (in.read(chunk) >= 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
