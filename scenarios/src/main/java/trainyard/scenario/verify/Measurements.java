package trainyard.scenario.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import trainyard.sim.csv.CsvException;
import trainyard.sim.csv.CsvTable;

/**
 * The tables of one folder, by source: the name of the file without {@code .csv}, in alphabetical order.
 *
 * @param bySource the tables
 */
public record Measurements(Map<String, CsvTable> bySource) {

    private static final String EXTENSION = ".csv";
    private static final String SHIPPED = "/trainyard/validation/";

    public Measurements {
        bySource = Collections.unmodifiableMap(new LinkedHashMap<>(bySource));
    }

    /**
     * Every {@code .csv} file of a folder, not of the folders within.
     *
     * @throws VerificationDataException if there is no such folder, it holds no such file, or one is not a table or has no row
     */
    public static Measurements of(Path folder) {
        Map<String, CsvTable> tables = new LinkedHashMap<>();
        for (Path file : csvFiles(folder)) {
            tables.put(source(file.getFileName().toString()), read(() -> table(file)));
        }
        if (tables.isEmpty()) {
            throw new VerificationDataException(folder + ": holds no " + EXTENSION + " file");
        }
        return new Measurements(tables);
    }

    private static CsvTable table(Path file) {
        if (Files.isDirectory(file)) {
            throw new CsvException(file + ":1: a folder, expected a table");
        }
        CsvTable table = CsvTable.read(file);
        if (table.rows().isEmpty()) {
            throw new CsvException(file + ":1: no row behind the header");
        }
        return table;
    }

    private static List<Path> csvFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(EXTENSION))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new VerificationDataException(folder + ": not a folder that can be read", e);
        }
    }

    /** SHA-256 of each file by its name. */
    public Map<String, String> sha256() {
        Map<String, String> hashes = new LinkedHashMap<>();
        bySource.forEach((source, table) -> hashes.put(source + EXTENSION, table.sha256()));
        return hashes;
    }

    /** The rows of training runs shipped with the product. */
    public static Measurements shipped() {
        return shipped("training");
    }

    /** The rows shipped with the product for a suite. */
    public static Measurements shipped(Suite suite) {
        return shipped(suite.shippedFolder());
    }

    private static Measurements shipped(String name) {
        String folder = SHIPPED + name + "/";
        Map<String, CsvTable> tables = new LinkedHashMap<>();
        for (String file : shippedNames(folder)) {
            tables.put(source(file), read(() -> CsvTable.resource(Measurements.class, folder + file)));
        }
        return new Measurements(tables);
    }

    private static List<String> shippedNames(String folder) {
        List<String> names = new ArrayList<>();
        try (InputStream in = Measurements.class.getResourceAsStream(folder + "index.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.isBlank()).forEach(names::add);
        } catch (IOException e) {
            throw new VerificationDataException("the shipped measurements cannot be read", e);
        }
        return names;
    }

    private static CsvTable read(Supplier<CsvTable> table) {
        try {
            return table.get();
        } catch (CsvException e) {
            throw new VerificationDataException(e.getMessage(), e);
        }
    }

    private static String source(String fileName) {
        return fileName.substring(0, fileName.length() - EXTENSION.length());
    }
}
