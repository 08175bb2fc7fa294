package trainyard.scheduler.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvTable;

/** The plain files in an archive of {@code tar} (POSIX.1-1988 ustar), by path. Links and other kinds are passed over. */
public final class TarArchive {

    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int KIND_AT = 156;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;
    private static final int OCTAL = 8;

    private final String name;
    private final Map<String, byte[]> files;

    private TarArchive(String name, Map<String, byte[]> files) {
        this.name = name;
        this.files = Collections.unmodifiableMap(files);
    }

    /**
     * @throws TraceException if it is no such archive; the message names the file
     */
    public static TarArchive read(TraceFile file) {
        return file.read(TarArchive::parse);
    }

    private static TarArchive parse(String name, InputStream content) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] header = content.readNBytes(BLOCK);
        while (header.length == BLOCK && header[0] != 0) {
            int size = size(name, header);
            byte[] body = content.readNBytes(size);
            if (body.length < size) {
                throw new TraceException(name + ":1: the archive ends within " + path(header));
            }
            int padding = (BLOCK - size % BLOCK) % BLOCK;
            if (content.readNBytes(padding).length < padding) {
                throw new TraceException(name + ":1: the archive ends behind " + path(header));
            }
            if (header[KIND_AT] == '0' || header[KIND_AT] == 0) {
                files.put(path(header), body);
            }
            header = content.readNBytes(BLOCK);
        }
        if (files.isEmpty()) {
            throw new TraceException(name + ":1: no archive of tar, or no file in it");
        }
        return new TarArchive(name, files);
    }

    private static int size(String name, byte[] header) {
        try {
            int size = Integer.parseInt(text(header, SIZE_AT, SIZE_BYTES), OCTAL);
            if (size >= 0) {
                return size;
            }
        } catch (NumberFormatException damaged) {
            throw new TraceException(name + ":1: not an archive of tar: a size is no number", damaged);
        }
        throw new TraceException(name + ":1: not an archive of tar: a size is negative");
    }

    private static String path(byte[] header) {
        String prefix = text(header, PREFIX_AT, PREFIX_BYTES);
        String path = text(header, 0, NAME_BYTES);
        String whole = prefix.isEmpty() ? path : prefix + "/" + path;
        return whole.startsWith("./") ? whole.substring(2) : whole;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8).strip();
    }

    /** Paths of the files. */
    public SortedSet<String> paths() {
        return new TreeSet<>(files.keySet());
    }

    /**
     * A table of the archive.
     *
     * @throws TraceException if it is damaged; the message names archive, file and line
     */
    public Optional<CsvTable> table(String path) {
        return Optional.ofNullable(files.get(path)).map(content -> {
            try {
                return CsvTable.read(name + "!" + path, new ByteArrayInputStream(content));
            } catch (CsvException e) {
                throw new TraceException(e.getMessage(), e);
            } catch (IOException e) {
                throw new TraceException(name + "!" + path + ":1: cannot be read: " + e.getMessage(), e);
            }
        });
    }
}
