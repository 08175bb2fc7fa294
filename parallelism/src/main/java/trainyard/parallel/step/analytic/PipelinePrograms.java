package trainyard.parallel.step.analytic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import trainyard.parallel.schedule.PassEstimates;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;

/** Schedules in an order of passes that can be swept, made once for each shape. Thread-safe. */
public final class PipelinePrograms {

    /** Groups of as many micro-batches as there are stages, after which every schedule so far has repeated itself. */
    private static final int GROUPS = 5;

    private final Map<Scheduled, PassSequence> known = new ConcurrentHashMap<>();

    private record Scheduled(Schedule schedule, PipelineShape shape) {}

    /** The passes of a shape or, where more micro-batches only repeat what comes before, of one with fewer. */
    PassSequence of(Schedule schedule, PipelineShape shape) {
        int stages = shape.stages();
        int few = GROUPS * stages + shape.microBatches() % stages;
        if (shape.microBatches() > few) {
            PassSequence shorter = made(schedule, new PipelineShape(stages, few, shape.chunks()));
            if (!shorter.loops().isEmpty()) {
                return shorter;
            }
        }
        return made(schedule, shape);
    }

    private PassSequence made(Schedule schedule, PipelineShape shape) {
        return known.computeIfAbsent(
                new Scheduled(schedule, shape),
                asked -> PassSequence.of(PipelineProgram.of(schedule, shape, PassEstimates.equal(1))));
    }
}
