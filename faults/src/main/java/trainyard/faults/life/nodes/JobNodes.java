package trainyard.faults.life.nodes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import trainyard.faults.cause.Fault;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.cluster.HeldNodes;
import trainyard.faults.recovery.Rejoin;
import trainyard.sim.engine.Step;
import trainyard.sim.engine.Timeline;
import trainyard.sim.inventory.NodeSource;

/** The nodes of a job: where it gets them from and what it does with each. */
public final class JobNodes {

    private final NodeSource source;
    private final NodeRequests requests;
    private final IntSupplier freeNodes;
    private final HeldNodes held;
    private final SlotPlacement placement;
    private final Rejoining rejoining;
    private final Standbys standbys;
    private final Draining draining;
    private final int wantedStandbys;
    private final Step beforeChange;
    private final Step afterGrant;
    private final IntConsumer onLeave;
    private Rejoin rejoin = Rejoin.AS_THEY_COME;
    private boolean gaveUp;
    /** Whether it has given everything back and asks for nothing until it is told to. */
    private boolean rests;

    /**
     * @param wantedStandbys nodes to be held beside the slots
     * @param beforeChange told before the number of nodes at work changes
     * @param afterGrant told after nodes came
     * @param onReady told when nodes are ready to be taken in
     * @param onLeave told of each node before it leaves its slot or is given back
     */
    public JobNodes(
            Timeline timeline,
            Cluster cluster,
            SlotPlacement placement,
            int wantedStandbys,
            PreparationTimes times,
            Step beforeChange,
            Step afterGrant,
            Step onReady,
            IntConsumer onLeave) {
        this.onLeave = onLeave;
        this.source = cluster.source();
        requests = new NodeRequests(source, this::granted);
        this.freeNodes = cluster.freeNodes();
        this.held = cluster.held();
        this.placement = placement;
        this.wantedStandbys = wantedStandbys;
        this.beforeChange = beforeChange;
        this.afterGrant = afterGrant;
        rejoining = new Rejoining(placement, () -> cluster.group(timeline, GpuState.WAIT_FOR_NODES), times, onReady);
        standbys = new Standbys(() -> cluster.group(timeline, GpuState.INITIALISE), times, onReady);
        draining = new Draining(() -> cluster.group(timeline, GpuState.IDLE));
    }

    /** Nodes at work in the slots of the job, or standing still with it. */
    public int active() {
        return held.count() - rejoining.nodes() - standbys.nodes() - draining.nodes();
    }

    /** Nodes that nobody has and that work. */
    public int free() {
        return freeNodes.getAsInt();
    }

    /** Standbys that have come up. */
    public int readyStandbys() {
        return standbys.readyNodes();
    }

    /** Whether each slot has a node. */
    public boolean isComplete() {
        return placement.empty().count() == 0;
    }

    private int missing() {
        int slots = rejoin == Rejoin.NEVER ? 0 : placement.empty().count();
        return slots + wantedStandbys + draining.suspects().size() - standbys.nodes() - requests.nodes();
    }

    /** Asks for all nodes that its slots lack, to be granted together, and for each standby by itself. */
    public void requestTogether() {
        // Nodes asked for one by one would fill slots and leave a request that is larger than what is missing.
        withdraw();
        requests.request(placement.empty().count());
        requestBy(1);
    }

    /** Asks for all nodes that it lacks, some at a time. */
    public void requestBy(int nodes) {
        rests = false;
        for (int missing = missing(); missing > 0; missing -= nodes) {
            requests.request(nodes);
        }
    }

    private void requestInStead() {
        if (!rests) {
            requestBy(1);
        }
    }

    private void granted(long nowNanos, int[] nodes) {
        if (gaveUp) {
            source.release(nodes);
            return;
        }
        beforeChange.run(nowNanos);
        held.take(nowNanos, nodes);
        for (int node : nodes) {
            if (placement.empty().count() > 0) {
                int slot = placement.place(node);
                if (placement.isOut(slot)) {
                    rejoining.add(nowNanos, slot);
                }
            } else {
                standbys.add(nowNanos, node);
            }
        }
        giveBackSurplus(nowNanos);
        tell(nowNanos);
        afterGrant.run(nowNanos);
    }

    private void giveBackSurplus(long nowNanos) {
        int surplus = standbys.nodes() - wantedStandbys - draining.suspects().size();
        if (surplus > 0) {
            int[] all = standbys.all();
            giveBack(nowNanos, Arrays.copyOfRange(all, all.length - surplus, all.length));
        }
    }

    /** Gives nodes back, whether they work or not. */
    void giveBack(long nowNanos, int[] nodes) {
        if (nodes.length == 0) {
            return;
        }
        beforeChange.run(nowNanos);
        for (int node : nodes) {
            onLeave.accept(node);
            placement.remove(node);
            draining.forget(nowNanos, node);
            if (standbys.contains(node)) {
                standbys.remove(nowNanos, node);
            }
        }
        held.give(nowNanos, nodes);
        tell(nowNanos);
        source.release(nodes);
    }

    /** Gives back the nodes that do not work. */
    public void giveBackBroken(long nowNanos) {
        if (held.hasBroken()) {
            giveBack(nowNanos, held.broken());
        }
    }

    /** Whether some of its nodes do not work. */
    public boolean hasBroken() {
        return held.hasBroken();
    }

    /** Gives everything back and takes nothing more. */
    public void giveUp(long nowNanos) {
        gaveUp = true;
        giveAllBack(nowNanos);
        leaveQueue(nowNanos);
    }

    /** Stands in a queue for the nodes of all empty slots from now on, whether it asks for them already or not. */
    public void queue(long nowNanos) {
        held.queueFor(nowNanos, placement.empty().count());
    }

    /** Goes on with what it has. */
    public void leaveQueue(long nowNanos) {
        held.queueFor(nowNanos, 0);
    }

    /** Asks for nothing any more. */
    public void withdraw() {
        requests.withdraw();
    }

    /** Gives the nodes of all slots and all standbys back, and asks for others only when it is told to. */
    public void giveAllBack(long nowNanos) {
        rests = true;
        withdraw();
        joinAll(nowNanos);
        giveBack(nowNanos, placement.all());
        giveBack(nowNanos, standbys.all());
    }

    /**
     * Takes in what a fault did. Nodes beside the steps that it took are given back and asked for again at once.
     *
     * @return nodes at work, or standing still with the job, that it struck
     */
    public int strike(long nowNanos, Fault fault) {
        tell(nowNanos);
        boolean everything = fault.firstNode() == 0 && fault.endNode() == held.nodes();
        if (everything && active() == held.count() && !fault.damage().takesNode()) {
            placement.wipeAll();
            return active();
        }
        int struck = 0;
        List<Integer> aside = new ArrayList<>();
        for (int node = fault.firstNode(); node < fault.endNode(); node++) {
            int slot = placement.slotOf(node);
            if (slot >= 0) {
                placement.wipe(slot);
            }
            if (slot >= 0 && !placement.isOut(slot)) {
                struck++;
            } else if (slot >= 0 || standbys.contains(node) || draining.isCordoned(node)) {
                aside.add(node);
            }
        }
        for (int node : aside) {
            strikeAside(nowNanos, node, fault.damage().takesNode());
        }
        return struck;
    }

    private void strikeAside(long nowNanos, int node, boolean takesNode) {
        int slot = placement.slotOf(node);
        if (takesNode) {
            giveBack(nowNanos, new int[] {node});
        } else if (standbys.contains(node)) {
            standbys.restart(nowNanos, node);
        }
        if (slot >= 0) {
            rejoining.strike(nowNanos, slot);
        }
        requestInStead();
    }

    /** Nodes aside that wait to join take part again, ready or not. */
    public void joinAll(long nowNanos) {
        beforeChange.run(nowNanos);
        rejoin = Rejoin.AS_THEY_COME;
        rejoining.dissolve(nowNanos);
        tell(nowNanos);
    }

    /** Keeps so many of its nodes in its first slots; the other slots come back in units of some. */
    public void keepFirst(long nowNanos, int nodes, int unit, Rejoin how) {
        joinAll(nowNanos);
        giveBack(nowNanos, placement.moveTogether(nodes));
        rejoin = how;
        rejoining.leave(nowNanos, placement.empty(), unit, rejoin);
        tell(nowNanos);
        requestBy(unit);
    }

    /** Leaves out the units of slots that hold no state, to come up and copy it beside the running job, or never. */
    public void leaveBlank(long nowNanos, int unit, Rejoin how) {
        beforeChange.run(nowNanos);
        rejoin = how;
        rejoining.leave(nowNanos, placement.blank(), unit, how);
        tell(nowNanos);
        requestBy(1);
    }

    /** Standbys go into empty slots, those first that are ready: one that is still starting is a node like any other. */
    public void fillFromStandbys(long nowNanos) {
        while (placement.empty().count() > 0 && standbys.nodes() > 0) {
            int node = standbys.readyFirst().orElseThrow();
            beforeChange.run(nowNanos);
            standbys.remove(nowNanos, node);
            placement.place(node);
            tell(nowNanos);
        }
    }

    /**
     * A fault of a node is foretold. Returns whether the job wants another one in its stead.
     *
     * @param untilNanos time by which it has struck if it does
     */
    public boolean suspect(int node, long untilNanos) {
        int slot = placement.slotOf(node);
        boolean works = slot >= 0 && !placement.isOut(slot);
        if (!draining.knows(node) && (!works || free() + readyStandbys() == 0)) {
            return false;
        }
        draining.suspect(node, untilNanos);
        requestInStead();
        return true;
    }

    /** A warning of a node ends: what it foretold has happened or will not. Another one may still stand. */
    public void warningEnds(long nowNanos, int node) {
        if (!draining.isOver(nowNanos, node)) {
            return;
        }
        if (draining.isCordoned(node)) {
            giveBack(nowNanos, new int[] {node});
        } else {
            draining.forget(nowNanos, node);
            giveBackSurplus(nowNanos);
        }
    }

    private void tell(long nowNanos) {
        held.tell(nowNanos, node -> {
            int slot = placement.slotOf(node);
            return slot >= 0 && !placement.isOut(slot);
        });
    }

    /** Whether nodes are ready to be taken in at the next pause. */
    public boolean hasReady() {
        return rejoining.hasReady() || !draining.suspects().isEmpty() && standbys.readyNodes() > 0;
    }

    /** Takes ready nodes in: units that left, and standbys in the stead of suspects. */
    public void takeIn(long nowNanos) {
        beforeChange.run(nowNanos);
        rejoining.takeIn(nowNanos);
        for (int suspect : List.copyOf(draining.suspects())) {
            OptionalInt ready = standbys.ready();
            int slot = placement.slotOf(suspect);
            if (ready.isPresent() && slot >= 0) {
                standbys.remove(nowNanos, ready.getAsInt());
                onLeave.accept(suspect);
                placement.remove(suspect);
                placement.put(ready.getAsInt(), slot);
                draining.cordon(nowNanos, suspect);
            }
        }
        tell(nowNanos);
    }

    /** Books the time of nodes that are not at work. */
    public void book(long nowNanos) {
        rejoining.book(nowNanos);
        standbys.book(nowNanos);
        draining.book(nowNanos);
        held.advance(nowNanos);
    }
}
