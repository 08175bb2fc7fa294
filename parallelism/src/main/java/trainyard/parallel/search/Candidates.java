package trainyard.parallel.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.schedule.Schedule;

/**
 * The plans of a search space that contradict neither themselves nor model and batch. Where a dimension makes no
 * difference (a schedule without a pipeline, sequence parallelism without tensor ranks, sharding without replicas) only
 * its first value is listed. What is ruled out is counted once for all plans that share the values at fault.
 */
public final class Candidates {

    private final UnplannedJob job;
    private final SearchSpace space;
    private final int blocks;
    private final List<Candidate> list = new ArrayList<>();
    private final Map<Exclusion, Integer> excluded = new EnumMap<>(Exclusion.class);

    private Candidates(UnplannedJob job, SearchSpace space) {
        this.job = job;
        this.space = space;
        this.blocks = job.blocks();
    }

    /** Lists the plans of a space, in a fixed order. */
    public static Candidates of(UnplannedJob job, SearchSpace space) {
        Candidates candidates = new Candidates(job, space);
        int all = job.cluster().gpus();
        for (int gpus : orElse(space.gpus(), List.of(all))) {
            if (gpus <= all) {
                candidates.addAll(gpus);
            } else {
                candidates.exclude(Exclusion.CONTRADICTION);
            }
        }
        return candidates;
    }

    public List<Candidate> list() {
        return Collections.unmodifiableList(list);
    }

    /** How often each contradiction was met. */
    public Map<Exclusion, Integer> excluded() {
        return Collections.unmodifiableMap(excluded);
    }

    private void exclude(Exclusion reason) {
        excluded.merge(reason, 1, Integer::sum);
    }

    private static <T> List<T> orElse(List<T> values, List<T> free) {
        return values.isEmpty() ? free : values;
    }

    private void addAll(int gpus) {
        for (int tensor : orElse(space.tensor(), Divisors.of(job.model().heads()))) {
            for (int context : orElse(space.context(), List.of(1))) {
                int perStage = tensor * context;
                if (gpus % perStage == 0 && job.model().dividesInto(tensor)) {
                    addPipelines(tensor, context, gpus / perStage);
                } else if (!space.tensor().isEmpty()) {
                    exclude(Exclusion.CONTRADICTION);
                }
            }
        }
    }

    private void addPipelines(int tensor, int context, int rest) {
        for (int pipeline : orElse(space.pipeline(), Divisors.of(rest))) {
            if (rest % pipeline != 0) {
                exclude(Exclusion.CONTRADICTION);
            } else if (pipeline > blocks) {
                exclude(Exclusion.LAYERS);
            } else if (space.data().isEmpty() || space.data().contains(rest / pipeline)) {
                addExperts(tensor, context, pipeline, rest / pipeline);
            }
        }
    }

    private void addExperts(int tensor, int context, int pipeline, int data) {
        int ranks = tensor * context * data;
        for (int expert : orElse(space.expert(), Divisors.of(job.model().experts()))) {
            if (ranks % expert == 0 && job.model().experts() % expert == 0) {
                addMicroBatches(new Degrees(tensor, context, pipeline, data, expert));
            } else if (!space.expert().isEmpty()) {
                exclude(Exclusion.CONTRADICTION);
            }
        }
    }

    private void addMicroBatches(Degrees degrees) {
        if (job.globalBatch() % degrees.data() != 0) {
            exclude(Exclusion.BATCH);
            return;
        }
        int perReplica = job.globalBatch() / degrees.data();
        for (int micro : orElse(space.micro(), powersOfTwo(perReplica))) {
            if (perReplica % micro == 0) {
                addPipelinings(degrees, micro);
            } else {
                exclude(Exclusion.BATCH);
            }
        }
    }

    private static List<Integer> powersOfTwo(int number) {
        return IntStream.iterate(1, micro -> micro <= SearchSpace.MAX_MICRO && number % micro == 0, micro -> 2 * micro)
                .boxed()
                .toList();
    }

    private void addPipelinings(Degrees degrees, int micro) {
        List<Schedule> schedules = space.schedules();
        boolean plain = degrees.pipeline() == 1;
        for (Schedule schedule : plain ? List.of(Schedule.ONE_F_ONE_B) : schedules) {
            if (schedule == Schedule.INTERLEAVED) {
                addInterleaved(degrees, micro);
            } else if (degrees.pipeline() * chunks(schedule) > blocks) {
                exclude(Exclusion.LAYERS);
            } else {
                addRest(degrees, new Pipelining(schedule, chunks(schedule), List.of()), micro);
            }
        }
    }

    private static int chunks(Schedule schedule) {
        return schedule.chunksPerStage().orElse(1);
    }

    private void addInterleaved(Degrees degrees, int micro) {
        int pipeline = degrees.pipeline();
        List<Integer> free =
                Divisors.of(blocks).stream().filter(chunks -> chunks > 1).toList();
        for (int chunks : orElse(space.virtualStages(), free)) {
            if (chunks > 1 && blocks % (pipeline * chunks) == 0) {
                addRest(degrees, Pipelining.oneForwardOneBackward(chunks), micro);
            } else if (!space.virtualStages().isEmpty()) {
                exclude(Exclusion.LAYERS);
            }
        }
    }

    private void addRest(Degrees degrees, Pipelining pipelining, int micro) {
        for (int zero : first(space.zero(), degrees.data() > 1)) {
            for (boolean sequenceParallel : first(space.sequenceParallel(), degrees.tensor() > 1)) {
                for (Recompute recompute : space.recompute()) {
                    add(degrees, pipelining, zero, sequenceParallel && degrees.tensor() > 1, recompute, micro);
                }
            }
        }
    }

    private static <T> List<T> first(List<T> values, boolean matters) {
        return matters ? values : values.subList(0, 1);
    }

    private void add(
            Degrees degrees,
            Pipelining pipelining,
            int zero,
            boolean sequenceParallel,
            Recompute recompute,
            int micro) {
        try {
            ParallelPlan plan = new ParallelPlan(degrees, pipelining, Sharding.zero(zero), sequenceParallel, recompute);
            list.add(new Candidate(list.size(), job.settings().on(plan), micro));
        } catch (PlanException contradiction) {
            exclude(Exclusion.CONTRADICTION);
        }
    }
}
