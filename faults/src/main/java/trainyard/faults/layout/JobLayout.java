package trainyard.faults.layout;

import java.util.Arrays;

/**
 * The places of a job for nodes. Slot {@code replica x replicaNodes + position} is at the same place of every replica;
 * positions go through the pipeline from its first stage to its last. So many replicas in a row as share out the state (ZeRO
 * and FSDP, Rajbhandari et al. 2020; groups of HSDP, Zhao et al. 2023; experts) hold one copy of it between them, and a slot
 * holds the same part as the slot at its place in each other such group.
 *
 * @param replicas data-parallel replicas that share no node, at least 1; those that share nodes count as one
 * @param replicaNodes nodes of a replica, at least 1
 * @param stages pipeline stages of a replica, at least 1; where a node holds several, they count as one
 * @param stateReplicas replicas that hold one copy of the state between them: 1 where each holds all of it, {@code replicas}
 *     where it is sharded over all, so that no other node has what a node had; a divisor of {@code replicas}
 */
public record JobLayout(int replicas, int replicaNodes, int stages, int stateReplicas) {

    public JobLayout {
        if (replicas < 1 || replicaNodes < 1 || stages < 1) {
            throw new IllegalArgumentException("a job needs replicas, nodes in them and stages, got " + replicas + ", "
                    + replicaNodes + " and " + stages);
        }
        if (stateReplicas < 1 || replicas % stateReplicas != 0) {
            throw new IllegalArgumentException(
                    stateReplicas + " replicas to a copy of the state do not divide " + replicas + " replicas");
        }
        Math.multiplyExact(replicas, replicaNodes);
        stages = Math.min(stages, replicaNodes);
    }

    /** Replicas each of which holds the whole state. */
    public JobLayout(int replicas, int replicaNodes, int stages) {
        this(replicas, replicaNodes, stages, 1);
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

    /** Copies of the state that the job holds, at least 1. */
    public int copies() {
        return replicas / stateReplicas;
    }

    /** Nodes that hold one copy of the state between them. */
    public int copyNodes() {
        return stateReplicas * replicaNodes;
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
        return runsWithout(slots, replicaNodes);
    }

    /** Copies of the state none of whose slots is among some. */
    public int copiesWithout(Slots slots) {
        return runsWithout(slots, copyNodes());
    }

    private int runsWithout(Slots slots, int length) {
        int whole = nodes() / length;
        int slot = slots.next(0);
        while (slot >= 0) {
            whole--;
            slot = slots.next((slot / length + 1) * length);
        }
        return whole;
    }

    /** Whether each part of the state is outside of some slots in at least one copy, so that the others can take it over. */
    public boolean hasCopyOutside(Slots slots) {
        int copies = copies();
        if (slots.count() < copies) {
            return true;
        }
        if (slots.count() > (copies - 1) * copyNodes()) {
            return false;
        }
        int[] inside = new int[copyNodes()];
        slots.stream().forEach(slot -> inside[slot % copyNodes()]++);
        return Arrays.stream(inside).allMatch(count -> count < copies);
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
