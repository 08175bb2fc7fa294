package trainyard.scenario.section.input;

import java.util.Optional;
import trainyard.parallel.input.DataKind;
import trainyard.parallel.input.SampleData;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;

/** {@code input.data}: what a sample costs on its way. */
public final class InputDataSection {

    public static final Field<DataKind> KIND = Field.of(
                    "kind",
                    ChoiceType.of("kind of data", DataKind.class),
                    "What the defaults below are for: text as `tokens` of 4 B that need no decoding; `images` of 110 kB that"
                            + " take a core 10 ms; `video` clips of 1.5 MB that take it 150 ms. Times are assumed.")
            .orElse("tokens");
    public static final Field<Optional<Double>> SAMPLE = Field.of(
                    "sample",
                    new AutoType<>(QuantityType.positive(Dimension.DATA)),
                    "Size of a sample in storage. A sample is a sequence of the batch. `auto`: by `kind`.")
            .orElse("auto");
    public static final Field<Optional<Double>> DECODE = Field.of(
                    "decode",
                    new AutoType<>(QuantityType.of(Dimension.DURATION)),
                    "Time of one core to decode and transform a sample. `auto`: by `kind`.")
            .orElse("auto");
    public static final Field<Optional<Double>> DECODED = Field.of(
                    "decoded",
                    new AutoType<>(QuantityType.of(Dimension.DATA)),
                    "Bytes of a sample that are copied to the GPU. `auto`: by `kind`.")
            .orElse("auto");
    public static final Field<Optional<Long>> SAMPLES_PER_READ = Field.of(
                    "samples-per-read",
                    new AutoType<>(IntegerType.between(1, 1_000_000)),
                    "Samples that one read of the storage fetches: 1 for a file each, more for packed shards. `auto`: 1.")
            .orElse("auto");
    public static final Field<Double> SIZE = Field.of(
            "size",
            QuantityType.positive(Dimension.DATA),
            "Size of the whole data set; a cache and the time of an epoch need it.");

    public static final Section SECTION =
            Section.of("input.data", "What a sample costs.", KIND, SAMPLE, DECODE, DECODED, SAMPLES_PER_READ, SIZE);

    private InputDataSection() {}

    /**
     * What a sample costs.
     *
     * @param sequenceLength tokens of a sequence
     */
    public static SampleData bind(Values values, int sequenceLength) {
        SampleData usual = values.get(KIND).sample(sequenceLength);
        return new SampleData(
                values.get(SAMPLE).orElse(usual.storedBytes()),
                values.get(DECODE).orElse(usual.decodeSeconds()),
                values.get(DECODED).orElse(usual.copiedBytes()),
                values.get(SAMPLES_PER_READ).map(Math::toIntExact).orElse(usual.samplesPerRead()));
    }
}
