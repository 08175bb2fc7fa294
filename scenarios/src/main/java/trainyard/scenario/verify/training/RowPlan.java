package trainyard.scenario.verify.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Model;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.schedule.Schedule;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.ScheduleWords;

/** The degrees, the schedule and the layer split of a row. */
final class RowPlan {

    private static final Pattern SCHEDULE = Pattern.compile("schedule=([^;\\s]+)");

    /** torchtitan, parallelisms/pipeline.py: stages of a rank in schedules with several, unless configured. */
    private static final int TORCHTITAN_STAGES_PER_RANK = 2;

    private RowPlan() {}

    /**
     * Megatron-Core has tensor ranks with experts of their own split the sequence too, stated or not (moe/README.md), and
     * torchtitan all (parallelize_llama.py, SequenceParallel).
     *
     * @throws RowSkipped if a degree is neither stated nor implied by the others
     */
    static ParallelPlan of(RowCells cells, int data, Model model) {
        int tensor = cells.count("tp");
        int pipeline = cells.count("pp");
        int expert = cells.optionalCount("ep").orElse(1);
        int layers = (int) model.layers().stream()
                .filter(layer -> layer.role() == LayerRole.BLOCK)
                .count();
        int stated = pipeline > 1 ? chunksPerStage(cells, layers, pipeline) : 1;
        Schedule schedule = schedule(cells, stated);
        int chunks = schedule.chunksPerStage().orElse(stated);
        RowCells.product("pp x vpp", pipeline, chunks);
        return new ParallelPlan(
                new Degrees(tensor, context(cells), pipeline, data, expert),
                new Pipelining(
                        schedule,
                        chunks,
                        split(cells, layers, schedule.placement().pieces(pipeline, chunks))),
                RowSharding.of(cells),
                tensor > 1
                        && (expert > 1
                                || RowSoftware.isTorchtitan(cells)
                                || cells.words("seq_parallel").startsWith("yes")),
                RowRecompute.of(cells, layers, schedule.placement().pieces(pipeline, chunks)),
                RowExchanges.of(cells));
    }

    /**
     * Replicas: the GPUs over the ranks of one replica, so that a row whose columns disagree keeps its number of GPUs;
     * the stated number where that does not divide.
     */
    static int replicas(RowCells cells) {
        int perStage = RowCells.product("tp x cp", cells.count("tp"), context(cells));
        int perReplica = RowCells.product("tp x cp by pp", perStage, cells.count("pp"));
        int gpus = cells.count("gpus");
        return gpus % perReplica == 0 ? gpus / perReplica : cells.count("dp");
    }

    private static int context(RowCells cells) {
        return cells.optionalCount("cp").orElse(1);
    }

    private static int chunksPerStage(RowCells cells, int layers, int pipeline) {
        if (cells.words("vpp").startsWith("max")) {
            // One layer per chunk, the embedding and the head counted as layers.
            return Math.max(1, (layers + 2) / pipeline);
        }
        boolean looped = RowSoftware.isTorchtitan(cells)
                && (cells.words("notes") + cells.words("overlap")).contains("interleaved");
        return cells.optionalCount("vpp").orElse(looped ? TORCHTITAN_STAGES_PER_RANK : 1);
    }

    /** The schedule that the notes name, such as {@code schedule=ZB-2p}, else 1F1B; interleaved over several chunks. */
    private static Schedule schedule(RowCells cells, int chunks) {
        Matcher named = SCHEDULE.matcher(cells.text("notes"));
        Schedule schedule = named.find() ? ScheduleWords.schedule(named.group(1)) : Schedule.ONE_F_ONE_B;
        if (schedule == Schedule.ONE_F_ONE_B || schedule == Schedule.INTERLEAVED) {
            return chunks > 1 ? Schedule.INTERLEAVED : Schedule.ONE_F_ONE_B;
        }
        return schedule;
    }

    private static List<Integer> split(RowCells cells, int layers, int chunks) {
        boolean deepSpeed = cells.words("framework").contains("deepspeed");
        return deepSpeed ? splitByDeepSpeed(layers, chunks) : split(layers, chunks);
    }

    /**
     * DeepSpeed looks for the least number of layers that no stage has more of and fills stage after stage with it, so that
     * the last one takes what is left (runtime/utils.py, partition_balanced): of 78 layers 12 stages hold seven each and one,
     * as BigScience's chronicles-prequel.md says.
     */
    static List<Integer> splitByDeepSpeed(int layers, int chunks) {
        int most = (layers + chunks - 1) / chunks;
        int last = layers - most * (chunks - 1);
        List<Integer> even = split(layers, chunks);
        if (last < 1 || even.isEmpty() || (layers + 2) % chunks == 0) {
            return even;
        }
        List<Integer> counts = new ArrayList<>(Collections.nCopies(chunks, most));
        counts.set(chunks - 1, last);
        return counts;
    }

    /**
     * Transformer layers of each chunk. Layers that do not divide evenly do so as a rule once the embedding and the head
     * count as one layer each, which is how the plans of BLOOM, Llama 3 and Zero Bubble were balanced (their papers;
     * DeepSpeed's partition method {@code type:transformer|embedding}). Else the first chunks take one layer more. No
     * counts where they divide, and where there are too many chunks for any, which the plan refuses.
     */
    static List<Integer> split(int layers, int chunks) {
        if (layers % chunks == 0 || chunks > layers + 2) {
            return List.of();
        }
        if (chunks > 1 && (layers + 2) % chunks == 0) {
            List<Integer> counts = new ArrayList<>(Collections.nCopies(chunks, (layers + 2) / chunks));
            counts.set(0, counts.get(0) - 1);
            counts.set(chunks - 1, counts.get(chunks - 1) - 1);
            return counts;
        }
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            counts.add(layers / chunks + (i < layers % chunks ? 1 : 0));
        }
        return counts;
    }
}
