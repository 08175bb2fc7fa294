package trainyard.scenario.section.input;

import java.util.Optional;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.sim.units.Dimension;

/** {@code input.checkpoint}: checkpoints that the storage takes while it gives data. */
public final class InputCheckpointSection {

    public static final Field<Optional<Double>> SIZE = Field.of(
                    "size",
                    new AutoType<>(QuantityType.positive(Dimension.DATA)),
                    "Size of a checkpoint. `auto`: 14 B per parameter of the model, weights and optimizer of mixed precision"
                            + " with Adam.")
            .orElse("auto");
    public static final Field<Long> EVERY = Field.of(
                    "every",
                    IntegerType.of("steps", 1, 1_000_000),
                    "Steps from one to the next. One that is due while another is written is left out.")
            .orElse("100 steps");
    public static final Field<Optional<Long>> STREAMS = Field.of(
                    "streams",
                    new AutoType<>(IntegerType.between(1, 10_000_000)),
                    "Processes that write it together. `auto`: the GPUs of the job.")
            .orElse("auto");

    public static final Section SECTION = Section.of(
            "input.checkpoint",
            "Checkpoints that the storage takes in the background while it gives data.",
            SIZE,
            EVERY,
            STREAMS);

    private InputCheckpointSection() {}
}
