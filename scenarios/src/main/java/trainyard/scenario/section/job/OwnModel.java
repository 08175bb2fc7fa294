package trainyard.scenario.section.job;

import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** A model of a family with the dimensions that have to be given; {@link ModelChanges} then reads the others. */
final class OwnModel {

    private OwnModel() {}

    static TransformerModel of(Values values, int sequenceLength) {
        int layers = needed(values, ModelSection.LAYERS);
        int hidden = needed(values, ModelSection.HIDDEN);
        int heads = needed(values, ModelSection.HEADS);
        int vocabulary = needed(values, ModelSection.VOCABULARY);
        if (values.get(ModelSection.FAMILY) == ModelSection.Family.LLAMA) {
            int kvHeads =
                    values.find(ModelSection.KV_HEADS).map(Math::toIntExact).orElse(heads);
            int ffn = values.isWritten(ModelSection.EXPERT_FFN)
                    ? needed(values, ModelSection.EXPERT_FFN)
                    : needed(values, ModelSection.FFN);
            return TransformerModel.llama("own", layers, hidden, ffn, heads, kvHeads, vocabulary);
        }
        return TransformerModel.gpt("own", layers, hidden, 4 * hidden, heads, vocabulary, sequenceLength);
    }

    private static int needed(Values values, Field<Long> field) {
        return values.find(field)
                .map(Math::toIntExact)
                .orElseThrow(() -> new ScenarioException(Problem.at(
                        values.position(),
                        Problem.Kind.KEY,
                        "key '" + field.key() + "' is missing in job.model",
                        "give it, or start from a preset: {preset: gpt3-175b}")));
    }
}
