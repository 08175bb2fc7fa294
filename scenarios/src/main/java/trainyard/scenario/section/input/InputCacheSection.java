package trainyard.scenario.section.input;

import java.util.Optional;
import trainyard.parallel.input.CachePolicy;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.sim.units.Dimension;

/** {@code input.cache}: what each node keeps of the data that it has read. */
public final class InputCacheSection {

    /** Where a node keeps it. */
    public enum Place {
        NONE,
        /** The page cache, or a shard that was read into memory. */
        MEMORY,
        /** The drives of the node. */
        NVME
    }

    /** Which samples a node reads in an epoch. */
    public enum Shuffle {
        /** The same part of the data set in every epoch, in a fresh order. */
        SHARD,
        /** Any, drawn anew in every epoch. */
        GLOBAL
    }

    public static final Field<Place> PLACE = Field.of(
                    "place",
                    ChoiceType.of("place", Place.class),
                    "Where a node keeps samples: `memory`, `nvme` for its drives, or `none`.")
            .orElse("none");
    public static final Field<Optional<Double>> SIZE = Field.of(
                    "size",
                    new AutoType<>(QuantityType.of(Dimension.DATA)),
                    "What a node keeps at most. `auto`: all its memory, or all its drives.")
            .orElse("auto");
    public static final Field<CachePolicy> POLICY = Field.of(
                    "policy",
                    ChoiceType.of("cache policy", CachePolicy.class),
                    "Which samples a full cache keeps: those read last (`lru`, as the page cache does), or those that came"
                            + " first (`fixed-subset`).")
            .orElse("lru");
    public static final Field<Shuffle> SHUFFLE = Field.of(
                    "shuffle",
                    ChoiceType.of("shuffle", Shuffle.class),
                    "Which samples a node reads: `shard`, the same part in every epoch in a fresh order; or `global`, a fresh"
                            + " part of the whole data set.")
            .orElse("shard");

    public static final Section SECTION = Section.of(
            "input.cache",
            "What each node keeps of the data that it has read; needs `input.data.size`.",
            PLACE,
            SIZE,
            POLICY,
            SHUFFLE);

    private InputCacheSection() {}
}
