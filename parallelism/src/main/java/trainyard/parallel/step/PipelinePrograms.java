package trainyard.parallel.step;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.schedule.PassEstimates;
import trainyard.parallel.schedule.PipelineSchedule;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;

/** Schedules written as numbers, made once for each shape. Not thread-safe. */
final class PipelinePrograms {

    private final Map<Shape, Program> known = new HashMap<>();

    private record Shape(Schedule schedule, int stages, int microBatches, int chunks) {}

    /**
     * Passes of every stage in the order of execution, each as {@code (direction x chunks + chunk) x microBatches +
     * microBatch} with 0 for forward and 1 for backward.
     */
    record Program(int microBatches, int[][] byStage) {

        int[] codes(int stage) {
            return byStage[stage];
        }
    }

    Program of(Schedule schedule, int stages, int microBatches, int chunks) {
        return known.computeIfAbsent(new Shape(schedule, stages, microBatches, chunks), PipelinePrograms::write);
    }

    private static Program write(Shape shape) {
        PipelineSchedule schedule = shape.schedule.order();
        int[][] byStage = new int[shape.stages][];
        List<List<Pass>> passes = schedule.passes(
                new PipelineShape(shape.stages, shape.microBatches, shape.chunks), PassEstimates.equal(1));
        for (int stage = 0; stage < shape.stages; stage++) {
            byStage[stage] = passes.get(stage).stream()
                    .mapToInt(pass -> code(pass, shape))
                    .toArray();
        }
        return new Program(shape.microBatches, byStage);
    }

    private static int code(Pass pass, Shape shape) {
        int direction = pass.kind() == Pass.Kind.FORWARD ? 0 : 1;
        return (direction * shape.chunks + pass.chunk()) * shape.microBatches + pass.microBatch();
    }
}
