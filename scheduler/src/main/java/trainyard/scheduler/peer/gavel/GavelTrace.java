package trainyard.scheduler.peer.gavel;

import java.util.ArrayList;
import java.util.List;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.scheduler.trace.BadRows;
import trainyard.scheduler.trace.PlainTable;

/**
 * Its lists of jobs: lines of cells between tabulators, type, command, folder, argument, whether data are needed, steps, GPUs,
 * weight, deadline, arrival in seconds. Shockwave adds how the batch size changes after the GPUs, and a duration. Older lists have seven
 * cells: type, command, argument, whether data are needed, steps, arrival, GPUs.
 */
public final class GavelTrace {

    private static final int MOST_GPUS = 1_000_000;
    private static final double MOST_STEPS = 1e15;
    private static final int CELLS = 10;
    private static final int OLD_CELLS = 7;
    private static final int STEPS = 5;
    private static final int MODE = 7;

    private GavelTrace() {}

    /**
     * @throws TraceException if the file is damaged; the message names file and line
     */
    public static List<GavelJob> read(TraceFile file) {
        List<GavelJob> jobs = new ArrayList<>();
        PlainTable.each(file, "\t", BadRows.REFUSE, row -> jobs.add(job(row)));
        return jobs;
    }

    /**
     * The job of a line.
     *
     * @throws TraceException if the line is damaged; the message names file and line
     */
    public static GavelJob job(PlainTable.Row row) {
        row.require(OLD_CELLS, CELLS, CELLS + 2);
        return row.cells() == OLD_CELLS ? oldJob(row) : newJob(row);
    }

    private static GavelJob oldJob(PlainTable.Row row) {
        return new GavelJob(
                row.text(0),
                (long) row.whole(4, 1, MOST_STEPS),
                (int) row.whole(6, 1, MOST_GPUS),
                1,
                row.number(5, 0, 1e9),
                GavelJob.Mode.STATIC);
    }

    private static GavelJob newJob(PlainTable.Row row) {
        int extra = row.cells() - CELLS;
        return new GavelJob(
                row.text(0),
                (long) row.whole(STEPS, 1, MOST_STEPS),
                (int) row.whole(6, 1, MOST_GPUS),
                row.number(7 + extra / 2, Double.MIN_VALUE, 1e9),
                row.number(row.cells() - 1, 0, 1e9),
                extra == 0 ? GavelJob.Mode.STATIC : mode(row));
    }

    private static GavelJob.Mode mode(PlainTable.Row row) {
        return switch (row.text(MODE)) {
            case "static" -> GavelJob.Mode.STATIC;
            case "accordion" -> GavelJob.Mode.ACCORDION;
            case "gns" -> GavelJob.Mode.GNS;
            default -> throw row.problem(MODE, "expected static, accordion or gns, got \"" + row.text(MODE) + "\"");
        };
    }
}
