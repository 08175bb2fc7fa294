package trainyard.scenario.verify.bubbles;

import java.util.List;
import java.util.Locale;
import trainyard.parallel.schedule.PassEstimates;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.BubbleRate;
import trainyard.scenario.verify.RowInput;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.ScheduleWords;
import trainyard.scenario.verify.Suite;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * Scores theoretical bubble rates, {@code 1 - m (TF + TB + TW) / cost}, of stated stage times. A row holds if the rate is
 * within 0.005, or 0.02 for the automatic schedules, whose heuristic the paper does not define to the last choice.
 */
public final class BubblesSuite implements Suite {

    private static final List<String> COLUMNS = List.of(
            "id",
            "model",
            "stages",
            "microbatches",
            "schedule",
            "bubble_rate",
            "tf_ms",
            "tb_ms",
            "tw_ms",
            "tcomm_ms",
            "gate");

    /** What tells one profiled setting from another. */
    private static final List<String> SETTING = List.of("model", "stages", "microbatches");

    /** Of all micro-batches through one chunk of each stage; a row of the paper has a few thousand. */
    private static final int MOST_PASSES = 1_000_000;

    private static final double TOLERANCE = 0.005;
    private static final double AUTOMATIC_TOLERANCE = 0.02;
    private static final double MILLI = 1e-3;
    private static final double PER_CENT = 100;

    private final CsvTable profiled =
            CsvTable.resource(BubblesSuite.class, "stage_times.csv").require("tf_ms", "tb_ms", "tw_ms", "tcomm_ms");

    @Override
    public String name() {
        return "bubbles";
    }

    @Override
    public List<List<String>> kinds() {
        return List.of(COLUMNS);
    }

    @Override
    public List<RowInput> inputs() {
        return List.of(
                new RowInput("stages", "Pipeline stages", ""), new RowInput("microbatches", "Micro-batches", ""));
    }

    @Override
    public List<RowScore> score(CsvRow row) {
        return List.of(rate(row));
    }

    private RowScore rate(CsvRow row) {
        String id = row.requiredText("id");
        try {
            return compared(row, id);
        } catch (RowSkipped skipped) {
            return RowScore.skipped(id, row.text("gate"), skipped.getMessage());
        } catch (IllegalArgumentException refused) {
            return RowScore.refused(
                    id,
                    "bubble rate",
                    PER_CENT * row.number("bubble_rate"),
                    "%",
                    row.text("gate"),
                    refused.getMessage());
        }
    }

    private RowScore compared(CsvRow row, String id) {
        Schedule schedule = ScheduleWords.schedule(row.requiredText("schedule"));
        double published = row.notNegative("bubble_rate");
        int stages = row.integer("stages", 1, 10_000);
        int microBatches = row.integer("microbatches", 1, 100_000);
        if ((long) stages * microBatches > MOST_PASSES) {
            throw row.problem(
                    "microbatches", "with " + stages + " stages are more passes than are played: " + MOST_PASSES);
        }
        BubbleModel model = BubbleModel.named(row.requiredText("model"));
        int chunks = schedule.chunksPerStage().orElseGet(() -> model.mostChunks(stages));
        PassEstimates times = times(row, model, chunks / schedule.placement().copies());
        double predicted = BubbleRate.of(schedule, new PipelineShape(stages, microBatches, chunks), times);
        boolean automatic = schedule == Schedule.ZB_1P || schedule == Schedule.ZB_2P;
        double tolerance = automatic ? AUTOMATIC_TOLERANCE : TOLERANCE;
        return RowScore.scored(id, "bubble rate", PER_CENT * predicted, PER_CENT * published, "%", row.text("gate"))
                .judged(
                        Math.abs(predicted - published) <= tolerance,
                        String.format(Locale.ROOT, "held to %.1f points", PER_CENT * tolerance));
    }

    /**
     * The times that the source profiled for the setting, else those of the row. They are those of a whole stage; a chunk
     * takes its share, and a message as long.
     */
    private PassEstimates times(CsvRow row, BubbleModel model, int chunks) {
        CsvRow source = profiled.rows().stream()
                .filter(known ->
                        SETTING.stream().allMatch(column -> known.text(column).equals(row.text(column))))
                .findFirst()
                .orElse(row);
        return new PassEstimates(
                seconds(source, "tf_ms") / chunks,
                seconds(source, "tb_ms") / chunks,
                seconds(source, "tw_ms") / chunks,
                seconds(source, "tcomm_ms"),
                model.keptForWeight());
    }

    private static double seconds(CsvRow row, String column) {
        if (row.isBlank(column)) {
            throw RowSkipped.missing(column);
        }
        return MILLI * row.notNegative(column);
    }
}
