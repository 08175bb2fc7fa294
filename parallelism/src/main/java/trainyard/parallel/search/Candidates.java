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
 * its first value is listed. Plans with values that contradict each other are not listed but counted: what is listed and what
 * is counted make up the space.
 */
public final class Candidates {

    private final UnplannedJob job;
    private final SearchSpace space;
    private final SpaceSize sizes;
    private final int blocks;
    private final List<Candidate> list = new ArrayList<>();
    private final Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);

    private Candidates(UnplannedJob job, SearchSpace space) {
        this.job = job;
        this.space = space;
        this.sizes = new SpaceSize(space);
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
                candidates.exclude(Exclusion.CONTRADICTION, candidates.sizes.afterGpus());
            }
        }
        return candidates;
    }

    public List<Candidate> list() {
        return Collections.unmodifiableList(list);
    }

    /** How many plans of the space contradict themselves, model or batch, by reason. */
    public Map<Exclusion, Long> excluded() {
        return Collections.unmodifiableMap(excluded);
    }

    private void exclude(Exclusion reason, long plans) {
        excluded.merge(reason, plans, Long::sum);
    }

    private static <T> List<T> orElse(List<T> values, List<T> free) {
        return values.isEmpty() ? free : values;
    }

    /** Where no free number of tensor ranks fits, one rank does not fit either and stands for all. */
    private void addAll(int gpus) {
        for (int tensor : orElse(space.tensor(), Divisors.of(job.model().heads()))) {
            for (int context : orElse(space.context(), List.of(1))) {
                long perStage = (long) tensor * context;
                if (gpus % perStage == 0 && job.model().dividesInto(tensor)) {
                    addPipelines(tensor, context, (int) (gpus / perStage));
                } else if (!space.tensor().isEmpty() || tensor == 1) {
                    exclude(Exclusion.CONTRADICTION, sizes.afterContext(tensor));
                }
            }
        }
    }

    /** Where no free number of stages fits, one stage stands for all. */
    private void addPipelines(int tensor, int context, int rest) {
        for (int pipeline : orElse(space.pipeline(), Divisors.of(rest))) {
            for (int data : orElse(space.data(), List.of(rest % pipeline == 0 ? rest / pipeline : 1))) {
                if ((long) pipeline * data == rest) {
                    addStages(tensor, context, pipeline, data);
                } else if (!space.pipeline().isEmpty() || pipeline == 1 && rest % data != 0) {
                    exclude(Exclusion.CONTRADICTION, sizes.afterData(tensor, pipeline, data));
                }
            }
        }
    }

    private void addStages(int tensor, int context, int pipeline, int data) {
        if (pipeline > blocks) {
            exclude(Exclusion.LAYERS, sizes.afterData(tensor, pipeline, data));
            return;
        }
        long ranks = (long) tensor * context * data;
        for (int expert : orElse(space.expert(), Divisors.of(job.model().experts()))) {
            if (ranks % expert == 0 && job.model().experts() % expert == 0) {
                addMicroBatches(new Degrees(tensor, context, pipeline, data, expert));
            } else if (!space.expert().isEmpty()) {
                exclude(Exclusion.CONTRADICTION, sizes.afterExpert(tensor, pipeline, data));
            }
        }
    }

    private void addMicroBatches(Degrees degrees) {
        if (job.globalBatch() % degrees.data() != 0) {
            exclude(Exclusion.BATCH, sizes.afterExpert(degrees.tensor(), degrees.pipeline(), degrees.data()));
            return;
        }
        int perReplica = job.globalBatch() / degrees.data();
        for (int micro : orElse(space.micro(), powersOfTwo(perReplica))) {
            if (perReplica % micro == 0) {
                addPipelinings(degrees, micro);
            } else {
                exclude(Exclusion.BATCH, sizes.afterMicro(degrees.tensor(), degrees.pipeline(), degrees.data()));
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
                exclude(Exclusion.LAYERS, sizes.afterSchedule(degrees.tensor(), degrees.data()));
            } else {
                addRest(degrees, new Pipelining(schedule, chunks(schedule), List.of()), micro);
            }
        }
    }

    private static int chunks(Schedule schedule) {
        return schedule.chunksPerStage().orElse(1);
    }

    private void addInterleaved(Degrees degrees, int micro) {
        List<Integer> free = Divisors.of(blocks).stream()
                .filter(chunks -> divideBlocks(degrees, chunks))
                .toList();
        for (int chunks : orElse(space.virtualStages(), orElse(free, List.of(1)))) {
            if (divideBlocks(degrees, chunks)) {
                addRest(degrees, Pipelining.oneForwardOneBackward(chunks), micro);
            } else {
                exclude(Exclusion.LAYERS, sizes.afterSchedule(degrees.tensor(), degrees.data()));
            }
        }
    }

    private boolean divideBlocks(Degrees degrees, int chunks) {
        return chunks > 1 && blocks % ((long) degrees.pipeline() * chunks) == 0;
    }

    private void addRest(Degrees degrees, Pipelining pipelining, int micro) {
        for (int zero : SpaceSize.first(space.zero(), degrees.data() > 1)) {
            for (boolean sequenceParallel : SpaceSize.first(space.sequenceParallel(), degrees.tensor() > 1)) {
                for (Recompute recompute : space.recompute()) {
                    add(degrees, pipelining, zero, sequenceParallel && degrees.tensor() > 1, recompute, micro);
                }
            }
        }
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
            exclude(Exclusion.CONTRADICTION, 1);
        }
    }
}
