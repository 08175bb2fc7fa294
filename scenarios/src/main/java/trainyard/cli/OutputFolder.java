package trainyard.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A folder that results go to. It is looked at when the command is read, so that no run is lost to a folder that cannot be. */
final class OutputFolder implements ITypeConverter<Path> {

    /**
     * @throws TypeConversionException if nothing can be written there
     */
    @Override
    public Path convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("the name of the folder is empty; name one with -o");
        }
        Path folder = Path.of(text);
        obstacle(folder).ifPresent(obstacle -> {
            throw new TypeConversionException(
                    "cannot write into " + folder + ": " + obstacle + "; name another folder with -o");
        });
        return folder;
    }

    /** Why nothing can be written into a folder, by the nearest one at or above it that exists; nothing is made. */
    static Optional<String> obstacle(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            return Optional.of(there + " is a file");
        }
        return Files.isWritable(there) ? Optional.empty() : Optional.of(there + " may not be written");
    }
}
