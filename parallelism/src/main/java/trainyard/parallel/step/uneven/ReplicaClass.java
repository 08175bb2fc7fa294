package trainyard.parallel.step.uneven;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.condition.RankCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;

/**
 * Replicas that do the same at the same time. Replicas meet when gradients are summed, so they may differ until then; those
 * whose ranks wait for each other within a pass are in lockstep and form a block: the replicas that share experts, or all
 * where weights or gradients are exchanged in the passes (ZeRO-2 and 3, FSDP).
 *
 * @param blocks numbers of the blocks
 * @param replicas replicas of one block
 * @param stages what the ranks of each stage of a block run on
 * @param microBatches micro-batches of one step of each replica
 */
record ReplicaClass(List<Integer> blocks, int replicas, List<LockstepRanks> stages, int microBatches) {

    private record Likeness(List<LockstepRanks> stages, int microBatches, int own) {}

    /** The classes of a job, in the order of their first replica. With jitter every block is a class of its own. */
    static List<ReplicaClass> of(TrainingJob job, JobCondition condition) {
        ParallelPlan plan = job.plan();
        int replicas = plan.replicasInLockstep();
        int ranks = ranks(plan, replicas);
        LockstepRanks healthy = LockstepRanks.of(Collections.nCopies(ranks, RankCondition.HEALTHY));
        Map<Likeness, List<Integer>> blocks = new LinkedHashMap<>();
        for (int block = 0; block < plan.data() / replicas; block++) {
            List<LockstepRanks> stages = new ArrayList<>();
            for (int stage = 0; stage < plan.pipeline(); stage++) {
                int first = firstRank(plan, replicas, block, stage);
                boolean ill = !condition.ranks().subMap(first, first + ranks).isEmpty();
                stages.add(ill ? LockstepRanks.of(conditions(condition, first, ranks)) : healthy);
            }
            int microBatches = microBatches(job, condition, replicas, block);
            Likeness likeness =
                    new Likeness(stages, microBatches, condition.jitter().isPresent() ? block : 0);
            blocks.computeIfAbsent(likeness, alike -> new ArrayList<>()).add(block);
        }
        List<ReplicaClass> classes = new ArrayList<>();
        blocks.forEach((alike, of) ->
                classes.add(new ReplicaClass(List.copyOf(of), replicas, alike.stages(), alike.microBatches())));
        return classes;
    }

    /**
     * Numbers of the ranks of one stage of a block. Ranks are numbered with the tensor index fastest, then context, then
     * data, then pipeline.
     */
    static int firstRank(ParallelPlan plan, int replicas, int block, int stage) {
        return stage * plan.degrees().ranksPerStage() + block * ranks(plan, replicas);
    }

    static int ranks(ParallelPlan plan, int replicas) {
        return replicas * plan.tensor() * plan.context();
    }

    private static List<RankCondition> conditions(JobCondition condition, int first, int count) {
        List<RankCondition> ranks = new ArrayList<>();
        for (int rank = first; rank < first + count; rank++) {
            ranks.add(condition.rank(rank));
        }
        return ranks;
    }

    private static int microBatches(TrainingJob job, JobCondition condition, int replicas, int block) {
        if (condition.microBatches().isEmpty()) {
            return job.microBatches();
        }
        List<Integer> own = condition.microBatches().subList(block * replicas, (block + 1) * replicas);
        if (own.stream().distinct().count() > 1) {
            throw new PlanException(
                    "micro-batches-per-replica",
                    "replicas " + block * replicas + " to " + ((block + 1) * replicas - 1)
                            + " wait for each other in every pass, so they need equal numbers of micro-batches, got "
                            + own);
        }
        return own.get(0);
    }

    /** GPUs of one stage of all its blocks. */
    int gpusPerStage(ParallelPlan plan) {
        return blocks.size() * ranks(plan, replicas);
    }

    /** The replicas in words, such as {@code 3} or {@code 0 and 61 like it}. */
    String name() {
        int first = blocks.get(0) * replicas;
        int others = blocks.size() * replicas - 1;
        return others == 0 ? String.valueOf(first) : first + " and " + others + " like it";
    }
}
