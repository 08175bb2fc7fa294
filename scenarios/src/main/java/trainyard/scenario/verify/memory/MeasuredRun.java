package trainyard.scenario.verify.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.memory.MemoryEstimate;
import trainyard.parallel.memory.MemoryModel;
import trainyard.scenario.verify.FitVerdicts;
import trainyard.scenario.verify.RowScore;
import trainyard.sim.csv.CsvRow;

/**
 * A run of a table of training runs: the peak that it states, and whether it fits. A row with a measured time or rate ran;
 * one whose notes say OOM did not.
 */
final class MeasuredRun {

    private static final double GIB = 1024.0 * 1024 * 1024;

    private final CsvRow row;
    private final MemoryEstimate estimate;

    MeasuredRun(CsvRow row, TrainingJob job) {
        this.row = row;
        this.estimate = MemoryModel.estimate(job);
    }

    List<RowScore> scores() {
        List<RowScore> scores = new ArrayList<>();
        OptionalDouble stated = row.optionalNumber("mem_gib");
        if (stated.isPresent()) {
            scores.add(RowScore.scored(
                    row.text("id"),
                    "peak memory",
                    estimate.peak().totalBytes() / GIB,
                    stated.getAsDouble(),
                    "GiB",
                    gate()));
        }
        if (ranOutOfMemory() || wasTimed()) {
            scores.add(FitVerdicts.score(row.text("id"), estimate.fits(), !ranOutOfMemory(), row.text("gate")));
        }
        return scores;
    }

    /** The peak is a figure of its own: that a row has no time does not weaken it. */
    private String gate() {
        return row.text("gate").startsWith("no: no step time") ? "yes" : row.text("gate");
    }

    private boolean ranOutOfMemory() {
        return row.text("notes").matches("(?s).*\\bOOM\\b.*");
    }

    private boolean wasTimed() {
        return List.of("iter_time_s", "tflops_per_gpu", "mfu_pct", "tokens_per_s").stream()
                .anyMatch(column -> row.optionalNumber(column).isPresent());
    }
}
