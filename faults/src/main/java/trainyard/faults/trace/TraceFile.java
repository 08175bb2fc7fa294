package trainyard.faults.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import trainyard.sim.csv.CsvException;

/** One file of a trace. A name that ends with {@code .gz} is unpacked. At most 256 MiB of content are read. */
public final class TraceFile {

    private static final int MOST_BYTES = 256 << 20;
    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final Opener opener;

    private TraceFile(String name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    /** Opens the bytes as they are stored. */
    private interface Opener {
        InputStream open() throws IOException;
    }

    /** Turns the content of a file into a trace. */
    public interface Format<T> {

        /**
         * @param name of the file, for messages
         * @param content unpacked
         */
        T read(String name, InputStream content) throws IOException;
    }

    /** A file on disk. */
    public static TraceFile of(Path path) {
        return new TraceFile(path.toString(), () -> {
            if (Files.isDirectory(path)) {
                throw new TraceException(path + ": is a folder; name a file in it");
            }
            return Files.newInputStream(path);
        });
    }

    /** A file shipped with the product. */
    static TraceFile resource(String path) {
        return new TraceFile(path, () -> TraceFile.class.getResourceAsStream(path));
    }

    /** Name for messages. */
    public String name() {
        return name;
    }

    /**
     * @throws TraceException if the file cannot be read as the format wants it; the message names file and line
     */
    public <T> T read(Format<T> format) {
        try {
            return format.read(name, new ByteArrayInputStream(content()));
        } catch (CsvException e) {
            throw new TraceException(e.getMessage(), e);
        } catch (JsonProcessingException e) {
            throw new TraceException(
                    name + ":" + e.getLocation().getLineNr() + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new TraceException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private byte[] content() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = unpacked()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.write(buffer, 0, read);
                if (bytes.size() > MOST_BYTES) {
                    throw new TraceException(name + ":" + lines(bytes) + ": more than 256 MiB of content");
                }
            }
            return bytes.toByteArray();
        } catch (NoSuchFileException e) {
            throw new TraceException(name + ": no such file", e);
        } catch (IOException e) {
            throw new TraceException(name + ":" + lines(bytes) + ": damaged from here on: " + e.getMessage(), e);
        }
    }

    private InputStream unpacked() throws IOException {
        InputStream stored = opener.open();
        return name.endsWith(".gz") ? new GZIPInputStream(stored) : stored;
    }

    private static int lines(ByteArrayOutputStream bytes) {
        int lines = 1;
        for (byte b : bytes.toByteArray()) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }
}
