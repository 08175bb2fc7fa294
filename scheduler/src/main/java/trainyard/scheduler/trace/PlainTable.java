package trainyard.scheduler.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.csv.DecimalNumber;
import trainyard.sim.engine.SimTime;
import trainyard.sim.units.NumberCommas;

/** Lines of cells with a separator between them, without a header and without quotes. Lines are read one by one. */
public final class PlainTable {

    private static final double MOST_SECONDS = 1e9;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private PlainTable() {}

    /**
     * The job of each line that is not empty.
     *
     * @param separator between two cells
     * @param reader the job of a line; empty for a line that is none, which is passed over
     * @throws TraceException if it is empty or not UTF-8 text, or a line is bad and such are refused; the message names file and line
     */
    public static JobList jobs(
            TraceFile file, String separator, BadRows badRows, Function<Row, Optional<ClusterJob>> reader) {
        List<ClusterJob> jobs = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<String> skipped = each(
                file,
                separator,
                badRows,
                row -> reader.apply(row).ifPresent(job -> {
                    if (!ids.add(job.id())) {
                        throw row.problem("job " + job.id() + " appears twice");
                    }
                    jobs.add(job);
                }));
        return new JobList(jobs, skipped);
    }

    /**
     * Goes through the lines that are not empty.
     *
     * @return what was wrong with each line that was left out
     * @throws TraceException as above
     */
    public static List<String> each(TraceFile file, String separator, BadRows badRows, Consumer<Row> reader) {
        List<String> skipped = new ArrayList<>();
        file.read((name, content) -> {
            each(name, content, separator, row -> {
                try {
                    reader.accept(row);
                } catch (TraceException bad) {
                    if (badRows == BadRows.REFUSE) {
                        throw bad;
                    }
                    skipped.add(bad.getMessage());
                }
            });
            return skipped;
        });
        return skipped;
    }

    private static void each(String name, InputStream bytes, String separator, Consumer<Row> reader)
            throws IOException {
        int number = 0;
        boolean empty = true;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String content = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
                if (!content.isEmpty()) {
                    empty = false;
                    reader.accept(new Row(name, number, content.split(separator, -1)));
                }
            }
        } catch (CharacterCodingException notText) {
            throw new TraceException(name + ":" + (number + 1) + ": not UTF-8 text", notText);
        }
        if (empty) {
            throw new TraceException(name + ":1: no lines");
        }
    }

    /** One line. Cells count from 0. */
    public static final class Row {
        private final String file;
        private final int line;
        private final String[] cells;

        private Row(String file, int line, String[] cells) {
            this.file = file;
            this.line = line;
            this.cells = cells;
        }

        /** Line of the file, from 1. */
        public int line() {
            return line;
        }

        public int cells() {
            return cells.length;
        }

        /**
         * @throws TraceException if the line has none of these numbers of cells
         */
        public void require(int... counts) {
            if (Arrays.stream(counts).noneMatch(count -> count == cells.length)) {
                throw problem(cells.length + " cells, expected "
                        + Arrays.stream(counts).mapToObj(Integer::toString).collect(Collectors.joining(" or ")));
            }
        }

        public boolean isBlank(int cell) {
            return cells[cell].isBlank();
        }

        /** A cell without blanks around it; empty where it is blank. */
        public String optionalText(int cell) {
            return cells[cell].strip();
        }

        /** A cell without blanks around it; not empty. */
        public String text(int cell) {
            if (isBlank(cell)) {
                throw problem(cell, "must not be empty");
            }
            return optionalText(cell);
        }

        /** A number within bounds. */
        public double number(int cell, double least, double most) {
            double value;
            try {
                value = DecimalNumber.parse(text(cell));
            } catch (NumberFormatException notANumber) {
                String fix = NumberCommas.of(text(cell))
                        .hint()
                        .map(hint -> "; " + hint)
                        .orElse("");
                throw problem(cell, "expected a number, got \"" + text(cell) + "\"" + fix);
            }
            if (!(value >= least && value <= most)) {
                throw problem(cell, "must be from " + least + " to " + most + ", got " + text(cell));
            }
            return value;
        }

        /** A whole number within bounds. */
        public double whole(int cell, double least, double most) {
            double value = number(cell, least, most);
            if (value != Math.rint(value)) {
                throw problem(cell, "must be a whole number, got " + text(cell));
            }
            return value;
        }

        /** Seconds of 0 to 1e9, which leaves the clock room for a queue of them. */
        public long nanos(int cell) {
            return SimTime.nanos(number(cell, 0, MOST_SECONDS));
        }

        /** The same where it follows from several cells, of which one is named. */
        public long nanosOf(int cell, double seconds) {
            if (!(seconds <= MOST_SECONDS)) {
                throw problem(cell, "makes a run of more than 1e9 s, got " + text(cell));
            }
            return SimTime.nanos(seconds);
        }

        /** That a cell is damaged; the message names file, line and cell. */
        public TraceException problem(int cell, String what) {
            return problem("cell " + (cell + 1) + ": " + what);
        }

        /** That the line is damaged; the message names file and line. */
        public TraceException problem(String what) {
            return new TraceException(file + ":" + line + ": " + what);
        }
    }
}
