package trainyard.report.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import trainyard.sim.hash.Sha256;

/** Writes a file so that a reader sees the old bytes or the new ones, never a part. */
public final class AtomicFiles {

    private static final int BUFFER = 1 << 16;

    private AtomicFiles() {}

    /** Replaces {@code file} with {@code bytes} through a temporary file in the same folder. */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, FileContent.of(bytes));
    }

    /** The same with a content that is written bit by bit; returns its SHA-256. */
    public static String write(Path file, FileContent content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path temporary = folder.resolve("." + file.getFileName() + ".part");
        try {
            String hash;
            try (DigestOutputStream hashed = Sha256.writing(Files.newOutputStream(temporary));
                    OutputStream out = new BufferedOutputStream(hashed, BUFFER)) {
                content.writeTo(out);
                out.flush();
                hash = Sha256.of(hashed.getMessageDigest());
            }
            move(temporary, file);
            return hash;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
