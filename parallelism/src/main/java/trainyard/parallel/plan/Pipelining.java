package trainyard.parallel.plan;

import java.util.List;
import java.util.Objects;
import trainyard.parallel.schedule.Schedule;

/**
 * How the layers go through the pipeline stages.
 *
 * @param schedule order of micro-batches
 * @param virtualStages model chunks per stage, as many as the schedule needs
 * @param layersPerChunk repeated layers of each chunk in model order, empty for an even split
 */
public record Pipelining(Schedule schedule, int virtualStages, List<Integer> layersPerChunk) {

    /** One forward, one backward, layers split evenly. */
    public static final Pipelining PLAIN = new Pipelining(Schedule.ONE_F_ONE_B, 1, List.of());

    public Pipelining {
        Objects.requireNonNull(schedule, "schedule");
        layersPerChunk = List.copyOf(layersPerChunk);
        if (virtualStages < 1) {
            throw new PlanException("virtual-stages", "virtual-stages must be at least 1, got " + virtualStages);
        }
        int needed = schedule.chunksPerStage().orElse(virtualStages);
        if (virtualStages != needed) {
            throw new PlanException(
                    "virtual-stages",
                    "virtual-stages " + virtualStages + " needs the schedule interleaved-1f1b; " + schedule.word()
                            + " has " + needed + " per stage");
        }
    }

    /** 1F1B over {@code virtualStages} chunks per stage, split evenly; plain 1F1B for one chunk. */
    public static Pipelining oneForwardOneBackward(int virtualStages) {
        return new Pipelining(
                virtualStages > 1 ? Schedule.INTERLEAVED : Schedule.ONE_F_ONE_B, virtualStages, List.of());
    }

    /** The same with the given layers on each chunk. */
    public Pipelining withLayers(List<Integer> counts) {
        return new Pipelining(schedule, virtualStages, counts);
    }
}
