package trainyard.parallel.search;

import java.util.List;
import trainyard.parallel.schedule.Schedule;

/**
 * How many plans share the first values of a search space, whether they contradict each other or not: the combinations of the
 * values of all dimensions that follow, in the order of GPUs, tensor, context, pipeline, data, expert, micro-batch, schedule
 * with its chunks, and what is sharded and recomputed. A free dimension has values only where some fit, so that after values
 * at fault it counts once, as 1. Dimensions that make no difference count once, as they are listed once.
 */
final class SpaceSize {

    private static final List<Integer> FREE = List.of(1);

    private final SearchSpace space;

    SpaceSize(SearchSpace space) {
        this.space = space;
    }

    /** The values of a dimension that are listed. */
    static <T> List<T> first(List<T> values, boolean matters) {
        return matters ? values : values.subList(0, 1);
    }

    private static List<Integer> written(List<Integer> values) {
        return values.isEmpty() ? FREE : values;
    }

    long afterGpus() {
        long plans = 0;
        for (int tensor : written(space.tensor())) {
            plans += written(space.context()).size() * afterContext(tensor);
        }
        return plans;
    }

    long afterContext(int tensor) {
        long plans = 0;
        for (int pipeline : written(space.pipeline())) {
            for (int data : written(space.data())) {
                plans += afterData(tensor, pipeline, data);
            }
        }
        return plans;
    }

    long afterData(int tensor, int pipeline, int data) {
        return written(space.expert()).size() * afterExpert(tensor, pipeline, data);
    }

    long afterExpert(int tensor, int pipeline, int data) {
        return written(space.micro()).size() * afterMicro(tensor, pipeline, data);
    }

    long afterMicro(int tensor, int pipeline, int data) {
        long schedules = 0;
        for (Schedule schedule : first(space.schedules(), pipeline > 1)) {
            boolean chunked = schedule == Schedule.INTERLEAVED && pipeline > 1;
            schedules += chunked ? written(space.virtualStages()).size() : 1;
        }
        return schedules * afterSchedule(tensor, data);
    }

    long afterSchedule(int tensor, int data) {
        return (long) first(space.zero(), data > 1).size()
                * first(space.sequenceParallel(), tensor > 1).size()
                * space.recompute().size();
    }
}
