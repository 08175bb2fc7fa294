package trainyard.training.calibration.measure;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import trainyard.sim.csv.CsvTable;

/**
 * The file of all samples. A visit to a piece of work is written at once when it ends, so whatever stops a calibration, what
 * was measured is kept and the next one goes on behind it.
 */
public final class SampleLog {

    private final Path file;
    private final String setting;
    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> visits = new HashSet<>();

    private SampleLog(Path file, String setting) {
        this.file = file;
        this.setting = setting;
    }

    /**
     * Goes on with a file, or begins one.
     *
     * @param setting what machine and settings the samples hold for
     * @throws MixedSamplesException if the file has samples of another setting
     * @throws trainyard.sim.csv.CsvException if the file is no table of samples
     * @throws IOException if it cannot be written
     */
    public static SampleLog open(Path file, String setting) throws IOException {
        SampleLog log = new SampleLog(file, setting);
        if (Files.exists(file) && Files.size(file) > 0) {
            log.read();
        } else {
            Files.writeString(file, line(Sample.COLUMNS));
        }
        return log;
    }

    private void read() throws IOException {
        dropHalfLine();
        CsvTable table = CsvTable.read(file).require(Sample.COLUMNS.toArray(String[]::new));
        for (Sample sample : table.rows().stream().map(Sample::of).toList()) {
            if (!sample.setting().equals(setting)) {
                throw new MixedSamplesException(file);
            }
            keep(sample);
        }
    }

    /** What was being written when the power went is measured again; a file that is no table of samples is left as it is. */
    private void dropHalfLine() throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        String head = line(Sample.COLUMNS);
        if (head.startsWith(text)) {
            Files.writeString(file, head);
        } else if (text.startsWith(head) && !text.endsWith("\n")) {
            Files.writeString(file, text.substring(0, text.lastIndexOf('\n') + 1));
        }
    }

    private void keep(Sample sample) {
        samples.add(sample);
        visits.add(visit(sample.suite(), sample.name(), sample.round()));
    }

    private static String visit(String suite, String name, int round) {
        return suite + "\t" + name + "\t" + round;
    }

    private static String line(List<String> cells) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(cells);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** Whether a piece of work was measured in a round. */
    public boolean has(String suite, String name, int round) {
        return visits.contains(visit(suite, name, round));
    }

    /** Writes the samples of one visit. */
    public void add(List<Sample> visit) throws IOException {
        String lines = visit.stream().map(sample -> line(sample.cells())).collect(Collectors.joining());
        Files.writeString(file, lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        visit.forEach(this::keep);
    }

    /** All samples, in the order taken. */
    public List<Sample> samples() {
        return Collections.unmodifiableList(samples);
    }

    /** The samples of a suite by name of the work. */
    public Map<String, List<Sample>> of(String suite) {
        return samples.stream()
                .filter(sample -> sample.suite().equals(suite))
                .collect(Collectors.groupingBy(Sample::name, TreeMap::new, Collectors.toList()));
    }

    public Path file() {
        return file;
    }

    public String setting() {
        return setting;
    }

    /** Samples of another machine or other settings. */
    public static final class MixedSamplesException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MixedSamplesException(Path file) {
            super(file + " holds samples of another machine, version or sweep");
        }
    }
}
