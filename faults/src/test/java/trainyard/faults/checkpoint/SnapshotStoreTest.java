package trainyard.faults.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.Damage;
import trainyard.faults.checkpoint.Retention.Rung;
import trainyard.sim.random.RandomStreams;

class SnapshotStoreTest {

    private final UniformRandomProvider draws = new RandomStreams(1, 0).stream("draws");

    private static BitSet places(int... places) {
        BitSet set = new BitSet();
        for (int place : places) {
            set.set(place);
        }
        return set;
    }

    private static final CheckpointLevel PEERS = new CheckpointLevel("peer-memory", 1, 1, 0, 3, Damage.PROCESS)
            .with(Keeping.onNodes(new PeerCopies(8, 2, PeerCopies.Pattern.RING), 9));
    private static final CheckpointLevel DISK =
            new CheckpointLevel("local-nvme", 2, 2, 0, 5, Damage.RESTART).with(Keeping.onNodes(PeerCopies.own(8), 11));
    private static final CheckpointLevel STORAGE = new CheckpointLevel("storage", 4, 10, 0, 50, Damage.NODE);

    private static SnapshotStore saved() {
        CheckpointPlan plan = new CheckpointPlan(10, List.of(PEERS, DISK, STORAGE));
        SnapshotStore store = new SnapshotStore(plan.levels());
        store.save(new CheckpointClock(plan, 0, 1), 0, 160);
        return store;
    }

    /** Peers have 110 steps, disks 100, storage 80: what is left depends on what was struck. */
    @Test
    void theNewestOfWhatAFaultLeaves() {
        SnapshotStore crash = saved();
        crash.destroy(160, Damage.PROCESS, places(1));
        assertThat(crash.newest(draws)).isEqualTo(new Restorable("peer-memory", 110, 3, 0));

        SnapshotStore restart = saved();
        restart.destroy(160, Damage.RESTART, places(1));
        assertThat(restart.newest(draws)).isEqualTo(new Restorable("peer-memory", 110, 9, 0));
        restart.destroy(161, Damage.RESTART, places(2));
        assertThat(restart.newest(draws)).isEqualTo(new Restorable("local-nvme", 100, 5, 0));

        SnapshotStore node = saved();
        node.destroy(160, Damage.NODE, places(1, 2));
        assertThat(node.newest(draws)).isEqualTo(new Restorable("storage", 80, 50, 0));
    }

    /** Once loaded, copies are whole again, so a second loss of one node is survived as the first was. */
    @Test
    void aLoadRestoresTheCopies() {
        SnapshotStore store = saved();
        store.destroy(160, Damage.NODE, places(1));
        store.loaded(165, store.newest(draws));
        store.destroy(170, Damage.NODE, places(2));
        assertThat(store.newest(draws).level()).isEqualTo("peer-memory");
    }

    /** Of a chain of 4 files each of which is unreadable one time in four, 0.75^4 are read, else the full one 0.75 - 0.75^4. */
    @Test
    void aLostLinkFallsBackToTheFullOne() {
        CheckpointLevel level = new CheckpointLevel("s", 1, 20, 0, 30, Damage.NODE)
                .with(new Writing(1, 0, 0, Optional.of(new DeltaChain(10, 2, 0, 4, 0.1))))
                .with(Keeping.PLAIN.withUnreadable(0.25));
        CheckpointPlan plan = new CheckpointPlan(10, List.of(level));
        SnapshotStore store = new SnapshotStore(plan.levels());
        store.save(new CheckpointClock(plan, 0, 1), 0, 30 + 3 * 12);
        int whole = 0;
        int full = 0;
        for (int i = 0; i < 20_000; i++) {
            Restorable newest = store.newest(draws);
            whole += newest.equals(new Restorable("s", 40, 30 + 3 * 4, 3)) ? 1 : 0;
            full += newest.equals(new Restorable("s", 10, 30, 0)) ? 1 : 0;
        }
        assertThat(whole / 20_000.0).isCloseTo(Math.pow(0.75, 4), within(0.015));
        assertThat(full / 20_000.0).isCloseTo(0.75 - Math.pow(0.75, 4), within(0.015));
    }

    /** Four snapshots of one chain are kept, but they share the file of the full one: one time in four nothing is left. */
    @Test
    void aChainWithoutItsFullOneIsLost() {
        CheckpointLevel level = new CheckpointLevel("s", 1, 20, 0, 30, Damage.NODE)
                .with(new Writing(1, 0, 0, Optional.of(new DeltaChain(10, 2, 0, 4, 0.1))))
                .with(Keeping.ladder(new Retention(4, List.of()), 1000).withUnreadable(0.25));
        CheckpointPlan plan = new CheckpointPlan(10, List.of(level));
        SnapshotStore store = new SnapshotStore(plan.levels());
        store.save(new CheckpointClock(plan, 0, 1), 0, 30 + 3 * 12);
        int nothing = 0;
        for (int i = 0; i < 20_000; i++) {
            nothing += store.newest(draws).steps() == 0 ? 1 : 0;
        }
        assertThat(nothing / 20_000.0).isCloseTo(0.25, within(0.015));
    }

    /** The last two and the first of each of three slots of 100: of 10, 20, ..., 350 these are 100, 200, 300, 340 and 350. */
    @Test
    void theLadderBoundsHowFarBackACleanOneIs() {
        Retention ladder = new Retention(2, List.of(new Rung("hundreds", 100, 3)));
        CheckpointLevel level =
                CheckpointLevel.blocking("s", 0, 30, Damage.NODE).with(Keeping.ladder(ladder, 1000));
        CheckpointPlan plan = new CheckpointPlan(10, List.of(level));
        SnapshotStore store = new SnapshotStore(plan.levels());
        store.save(new CheckpointClock(plan, 0, 1), 0, 355);
        StoredBytes stored = store.stored(355).get("s");
        assertThat(stored.peakCount()).isEqualTo(5);
        assertThat(stored.changes().get(stored.changes().size() - 1)).isEqualTo(new StoredBytes.Change(350, 5000, 5));
        assertThat(stored.parts().get("last 2").changes()).endsWith(new StoredBytes.Change(350, 2000, 2));
        assertThat(stored.parts().get("hundreds").changes()).endsWith(new StoredBytes.Change(350, 3000, 3));
        store.discardBehind(355, 250);
        assertThat(store.newest(draws).steps()).isEqualTo(200);
        store.discardBehind(355, 150);
        assertThat(store.newest(draws).steps()).isEqualTo(100);
        store.discardBehind(355, 99);
        assertThat(store.newest(draws)).isEqualTo(new Restorable("", 0, 30, 0));
    }

    /** Of snapshots at 10, 20, ..., 350 one at a time is stored from 10 to 355: 1,000 B for 345 ns. */
    @Test
    void theNewestAloneIsStoredFromTheFirstOn() {
        CheckpointLevel level =
                CheckpointLevel.blocking("s", 0, 30, Damage.NODE).with(Keeping.PLAIN.withBytes(1000));
        CheckpointPlan plan = new CheckpointPlan(10, List.of(level));
        SnapshotStore store = new SnapshotStore(plan.levels());
        store.save(new CheckpointClock(plan, 0, 1), 0, 355);
        assertThat(store.stored(355).get("s").byteSeconds()).isCloseTo(1000 * 345e-9, within(1e-15));
    }

    /** Each of the 35 snapshots is kept until the next is safe 10 ns later, and the last for 5. */
    @Test
    void aSnapshotReachesBackUntilItIsGivenUp() {
        CheckpointLevel level = CheckpointLevel.blocking("s", 0, 30, Damage.NODE);
        CheckpointPlan plan = new CheckpointPlan(10, List.of(level));
        SnapshotStore store = new SnapshotStore(plan.levels());
        store.save(new CheckpointClock(plan, 0, 1), 0, 355);
        assertThat(store.stored(355).get("s").reachNanos()).isEqualTo(10);
        CheckpointLevel ladder = level.with(Keeping.ladder(new Retention(3, List.of()), 1000));
        CheckpointPlan laddered = new CheckpointPlan(10, List.of(ladder));
        SnapshotStore last = new SnapshotStore(laddered.levels());
        last.save(new CheckpointClock(laddered, 0, 1), 0, 355);
        assertThat(last.stored(355).get("s").reachNanos()).isEqualTo(30);
    }

    /** A chain of four: the full one, then a tenth more with each link; 100 ns of 1,000 to 1,300 B, and again from 50 on. */
    @Test
    void aChainIsStoredWithAllOfItsLinks() {
        CheckpointLevel level = new CheckpointLevel("s", 1, 0, 0, 30, Damage.NODE)
                .with(new Writing(1, 0, 0, Optional.of(new DeltaChain(4, 0, 0, 4, 0.1))))
                .with(Keeping.PLAIN.withBytes(1000));
        CheckpointPlan plan = new CheckpointPlan(10, List.of(level));
        SnapshotStore store = new SnapshotStore(plan.levels());
        store.save(new CheckpointClock(plan, 0, 1), 0, 90);
        StoredBytes stored = store.stored(90).get("s");
        assertThat(stored.byteSeconds()).isCloseTo(2 * 10 * (1000 + 1100 + 1200 + 1300) * 1e-9, within(1e-15));
        assertThat(stored.peakBytes()).isEqualTo(1300);
    }
}
