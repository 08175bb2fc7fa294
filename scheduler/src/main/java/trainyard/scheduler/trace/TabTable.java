package trainyard.scheduler.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import trainyard.faults.trace.TraceException;
import trainyard.sim.csv.DecimalNumber;

/** Lines of cells with a tabulator between them and without a header. */
public final class TabTable {

    private TabTable() {}

    /**
     * The lines that are not empty.
     *
     * @param name of the file, for messages
     * @throws TraceException if it is not UTF-8 text
     */
    public static List<Row> read(String name, InputStream content) throws IOException {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    rows.add(new Row(name, number, line.split("\t", -1)));
                }
            }
            return rows;
        } catch (CharacterCodingException notText) {
            throw new TraceException(name + ":" + (number + 1) + ": not UTF-8 text", notText);
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

        public int cells() {
            return cells.length;
        }

        /**
         * @throws TraceException if the line has none of these numbers of cells
         */
        public void require(int... counts) {
            for (int count : counts) {
                if (cells.length == count) {
                    return;
                }
            }
            throw new TraceException(file + ":" + line + ": " + cells.length + " cells between tabulators, expected "
                    + counts[0] + (counts.length > 1 ? " or " + counts[1] : ""));
        }

        /** A cell without blanks around it; not empty. */
        public String text(int cell) {
            String text = cells[cell].strip();
            if (text.isEmpty()) {
                throw problem(cell, "must not be empty");
            }
            return text;
        }

        /** A number within bounds. */
        public double number(int cell, double least, double most) {
            double value;
            try {
                value = DecimalNumber.parse(text(cell));
            } catch (NumberFormatException notANumber) {
                throw problem(cell, "expected a number, got \"" + text(cell) + "\"");
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

        /** That a cell is damaged; the message names file, line and cell. */
        public TraceException problem(int cell, String what) {
            return new TraceException(file + ":" + line + ": cell " + (cell + 1) + ": " + what);
        }
    }
}
