package trainyard.scenario.section.checkpoint;

import java.util.Optional;
import trainyard.faults.cause.Damage;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Use;
import trainyard.sim.units.Dimension;

/** One entry of {@code life.checkpoint.tiers}. */
public final class TierSection {

    /** Where the snapshots of a tier lie, and so what destroys them. */
    public enum Kind {
        /** In host memory of the node and of peers; a restart of the node loses them. */
        PEER_MEMORY(Damage.PROCESS),
        /** On the drives of each node; the loss of the node loses them. */
        LOCAL_NVME(Damage.RESTART),
        /** On storage of the site. */
        PARALLEL_FILE_SYSTEM(Damage.NODE),
        /** On object storage of the site. */
        OBJECT_STORE(Damage.NODE),
        /** On storage of another site. */
        CROSS_REGION(Damage.SITE);

        @SuppressWarnings("ImmutableEnumChecker") // an enum
        private final Damage survives;

        Kind(Damage survives) {
            this.survives = survives;
        }

        /** The worst damage that leaves its copies. */
        public Damage survives() {
            return survives;
        }

        /** Whether its copies lie on nodes of the job. */
        public boolean isOnNodes() {
            return this == PEER_MEMORY || this == LOCAL_NVME;
        }
    }

    /** How a tier is written. */
    public enum Mode {
        /** The job stands still for the whole write. */
        SYNC,
        /** It stands still while the state is copied to host memory; the write goes on beside it. */
        ASYNC,
        /** The write reads the tier before it and never holds the job up; it takes only as many snapshots as it can. */
        UPLOAD
    }

    /** Which peers hold copies. */
    public enum Placement {
        /** Nodes in groups of `copies`. */
        GROUP,
        /** The next nodes of a ring. */
        RING,
        /** Nodes of no parallel group of the node. */
        CROSS_GROUP
    }

    public static final Field<Kind> KIND = Field.of(
                    "kind",
                    ChoiceType.of("kind", Kind.class),
                    "Where snapshots lie: in `peer-memory` (lost where the node restarts), on `local-nvme` (lost with the node),"
                            + " on a `parallel-file-system` or `object-store` (lost with the site), or on storage `cross-region`.")
            .asRequired();
    public static final Field<Mode> MODE = Field.of(
                    "mode",
                    ChoiceType.of("mode", Mode.class),
                    "`sync`: the job stands still for the whole write. `async`: it stands still for `stall`, and the write goes"
                            + " on beside it. `upload`: the tier before it is copied beside the training, as often as that can"
                            + " be done, and nothing waits for it.")
            .orElse("async");
    public static final Field<Double> BANDWIDTH = Field.of(
                    "bandwidth",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "What the tier takes and gives, all ranks together. Left out: no limit beside that of each node for tiers on"
                            + " nodes, 100 GB/s for others.")
            .only(Use.with(KIND, Kind.LOCAL_NVME, Kind.PARALLEL_FILE_SYSTEM, Kind.OBJECT_STORE, Kind.CROSS_REGION)
                    .and(SaveFields.RATED));
    public static final Field<Optional<Double>> STALL = Field.of(
                    "stall",
                    new AutoType<>(QuantityType.of(Dimension.DURATION)),
                    "How long the job stands still for a snapshot of mode `async`. `auto`: the copy of what the busiest GPU"
                            + " writes to host memory over PCIe. Without `tiers` the default is a fixed time, which is assumed.")
            .orElse("auto")
            .only(Use.with(MODE, Mode.ASYNC));
    public static final Field<Long> COPIES = Field.of(
                    "copies",
                    IntegerType.between(1, 100),
                    "Copies of each shard in `peer-memory`, that of the node itself included.")
            .orElse("2")
            .only(Use.with(KIND, Kind.PEER_MEMORY));
    public static final Field<Placement> PLACEMENT = Field.of(
                    "placement",
                    ChoiceType.of("placement", Placement.class),
                    "Which peers hold them: `group` (groups of `copies` nodes), `ring` (the next nodes), `cross-group` (nodes"
                            + " outside all parallel groups of the node).")
            .orElse("group")
            .only(Use.with(KIND, Kind.PEER_MEMORY));

    public static final Section SECTION = Section.of(
            "life.checkpoint.tiers",
            "One tier of snapshots.",
            KIND,
            SaveFields.INTERVAL,
            MODE,
            BANDWIDTH,
            SaveFields.BANDWIDTH_PER_NODE,
            SaveFields.WRITE,
            STALL,
            SaveFields.RESTORE,
            SaveFields.IN_FLIGHT,
            SaveFields.DURABLE_AFTER,
            SaveFields.INTERFERENCE,
            COPIES,
            PLACEMENT,
            SaveFields.CONTENT,
            SaveFields.FULL_EVERY,
            SaveFields.DELTA,
            SaveFields.SHRINK,
            SaveFields.ENCODE,
            SaveFields.UNREADABLE,
            SaveFields.RETENTION.only(Use.with(KIND, Kind.PARALLEL_FILE_SYSTEM, Kind.OBJECT_STORE, Kind.CROSS_REGION)),
            SaveFields.PRICE);

    private TierSection() {}
}
