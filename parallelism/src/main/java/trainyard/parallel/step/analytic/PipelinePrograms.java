package trainyard.parallel.step.analytic;

import java.util.HashMap;
import java.util.Map;
import trainyard.parallel.schedule.PassEstimates;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;

/** Schedules in an order of passes that can be swept, made once for each shape. Not thread-safe. */
public final class PipelinePrograms {

    private final Map<Scheduled, PassSequence> known = new HashMap<>();

    private record Scheduled(Schedule schedule, PipelineShape shape) {}

    PassSequence of(Schedule schedule, PipelineShape shape) {
        return known.computeIfAbsent(
                new Scheduled(schedule, shape),
                asked -> PassSequence.of(PipelineProgram.of(schedule, shape, PassEstimates.equal(1))));
    }
}
