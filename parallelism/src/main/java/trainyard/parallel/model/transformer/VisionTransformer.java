package trainyard.parallel.model.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;
import trainyard.sim.checks.Checks;

/**
 * An image as a sequence of patches and one class token (Dosovitskiy et al. 2021): an image of the batch is one sequence,
 * however long the batch says its sequences are.
 *
 * @param name what to call it
 * @param hidden width of the residual stream
 * @param layerCount equal layers
 * @param block attention and MLP of each
 * @param imageSize pixels of an image's side
 * @param patchSize pixels of a patch's side
 * @param classes classes to tell apart
 */
public record VisionTransformer(
        String name, int hidden, int layerCount, Block block, int imageSize, int patchSize, int classes)
        implements Model {

    private static final Style STYLE = Style.GPT.withCausal(false);

    public VisionTransformer {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(block, "block");
        Checks.atLeast("hidden", hidden, 1);
        Checks.atLeast("layers", layerCount, 1);
        Checks.atLeast("patch size", patchSize, 1);
        Checks.atLeast("classes", classes, 1);
        if (imageSize < patchSize || imageSize % patchSize != 0) {
            throw new IllegalArgumentException(
                    "image size " + imageSize + " is not a multiple of patch size " + patchSize);
        }
    }

    /** An encoder whose MLP is four times as wide as the stream, for images of 224 x 224 pixels in 1000 classes. */
    public static VisionTransformer of(String name, int layers, int hidden, int heads, int patchSize) {
        Block block = new Block(GroupedQueryAttention.multiHead(hidden, heads), new DenseMlp(4 * hidden, false));
        return new VisionTransformer(name, hidden, layers, block, 224, patchSize, 1000);
    }

    /** Tokens of one image: its patches and the class token. */
    public int tokensPerImage() {
        int side = imageSize / patchSize;
        return side * side + 1;
    }

    @Override
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>(layerCount + 2);
        layers.add(new ResizedLayer(new PatchEmbeddingLayer(hidden, patchSize, tokensPerImage()), tokensPerImage()));
        Layer layer = new ResizedLayer(
                new TransformerLayer(hidden, block, PositionEncoding.LEARNED, STYLE), tokensPerImage());
        for (int i = 0; i < layerCount; i++) {
            layers.add(layer);
        }
        layers.add(new ResizedLayer(new ClassHeadLayer(hidden, classes), tokensPerImage()));
        return List.copyOf(layers);
    }

    @Override
    public OptionalInt ownSequence() {
        return OptionalInt.of(tokensPerImage());
    }

    @Override
    public double tiedParameters() {
        return 0;
    }

    @Override
    public int heads() {
        return block.attention().heads();
    }
}
