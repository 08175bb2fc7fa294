package trainyard.faults.layout;

import java.util.Arrays;

/**
 * The places of a job for nodes. Slot {@code replica x replicaNodes + position} holds the same part of the state in every
 * replica; positions go through the pipeline from its first stage to its last.
 *
 * @param replicas data-parallel replicas that share no node, at least 1; those that share nodes count as one
 * @param replicaNodes nodes of a replica, at least 1
 * @param stages pipeline stages of a replica, at least 1; where a node holds several, they count as one
 */
public record JobLayout(int replicas, int replicaNodes, int stages) {

    public JobLayout {
        if (replicas < 1 || replicaNodes < 1 || stages < 1) {
            throw new IllegalArgumentException("a job needs replicas, nodes in them and stages, got " + replicas + ", "
                    + replicaNodes + " and " + stages);
        }
        Math.multiplyExact(replicas, replicaNodes);
        stages = Math.min(stages, replicaNodes);
    }

    /** One replica without a pipeline. */
    public static JobLayout oneReplica(int nodes) {
        return new JobLayout(1, nodes, 1);
    }

    /** All slots, each for one node. */
    public int nodes() {
        return replicas * replicaNodes;
    }

    public int replicaOf(int slot) {
        return slot / replicaNodes;
    }

    /** Its number within the replica. */
    public int positionOf(int slot) {
        return slot % replicaNodes;
    }

    /** The pipeline stage that a slot holds, or the first one of several. */
    public int stageOf(int slot) {
        return (int) ((long) positionOf(slot) * stages / replicaNodes);
    }

    /** Replicas none of whose slots is among some. */
    public int replicasWithout(Slots slots) {
        int whole = replicas;
        int slot = slots.next(0);
        while (slot >= 0) {
            whole--;
            slot = slots.next((replicaOf(slot) + 1) * replicaNodes);
        }
        return whole;
    }

    /** Whether each position is outside of some slots in at least one replica, so that the others can copy its state. */
    public boolean hasCopyOutside(Slots slots) {
        if (slots.count() < replicas) {
            return true;
        }
        if (slots.count() > (replicas - 1) * replicaNodes) {
            return false;
        }
        int[] inside = new int[replicaNodes];
        slots.stream().forEach(slot -> inside[positionOf(slot)]++);
        return Arrays.stream(inside).allMatch(count -> count < replicas);
    }

    /** Of each pipeline stage, some replicas have one of some slots: the most of one stage. */
    public int mostReplicasOfOneStage(Slots slots) {
        int[] replicasOfStage = new int[stages];
        int last = -1;
        for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
            int stageOfReplica = replicaOf(slot) * stages + stageOf(slot);
            if (stageOfReplica != last) {
                replicasOfStage[stageOf(slot)]++;
                last = stageOfReplica;
            }
        }
        return Arrays.stream(replicasOfStage).max().orElseThrow();
    }

    /** The slot that holds the next pipeline stage of the same replica, the first one behind the last. */
    public int slotOfNextStage(int slot) {
        int next = (positionOf(slot) + replicaNodes / stages) % replicaNodes;
        return replicaOf(slot) * replicaNodes + next;
    }
}
