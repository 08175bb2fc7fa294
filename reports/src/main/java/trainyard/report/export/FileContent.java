package trainyard.report.export;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the bytes of a file, each time the same, so that a large one need not be held whole. */
@FunctionalInterface
public interface FileContent {

    void writeTo(OutputStream out) throws IOException;

    /** Bytes that are there. */
    static FileContent of(byte[] bytes) {
        return out -> out.write(bytes);
    }
}
