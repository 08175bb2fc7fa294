package trainyard.sim.hardware;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parts of one kind by name, in the order in which they were added. Names match whatever their case, whatever parts their
 * words and with or without the name of the maker; aliases name a part twice.
 */
final class NamedParts<T> {

    /** Makers and their brands, which drivers print before a model and people leave out. */
    private static final Pattern MAKERS = Pattern.compile(
            "^(?:(?:nvidia|amd|tesla|quadro|geforce|radeon|instinct|aws|azure|gcp|oci)\\b[^\\p{L}\\p{N}]*)+");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}.+]+");

    private final String kind;
    /** By the names in lower case. */
    private final Map<String, T> byName = new LinkedHashMap<>();
    /** Names in lower case by their keys; of names that share one, the latest. */
    private final Map<String, String> nameOfKey = new LinkedHashMap<>();
    /** Names in lower case by the keys of other names. */
    private final Map<String, String> aliases = new LinkedHashMap<>();

    private final List<String> aliasNames = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    NamedParts(String kind) {
        this.kind = kind;
    }

    NamedParts<T> copy() {
        NamedParts<T> copy = new NamedParts<>(kind);
        copy.byName.putAll(byName);
        copy.nameOfKey.putAll(nameOfKey);
        copy.aliases.putAll(aliases);
        copy.aliasNames.addAll(aliasNames);
        copy.names.addAll(names);
        return copy;
    }

    /** Adds a part, or replaces the one of that name, whatever its case. */
    void put(String name, T part) {
        if (byName.put(lower(name), part) == null) {
            names.add(name);
        }
        nameOfKey.put(key(name), lower(name));
    }

    /**
     * @throws IllegalArgumentException if the alias is a name of another part
     */
    void alias(String alias, String name) {
        String before = aliases.putIfAbsent(key(alias), resolve(name));
        if (before != null || nameOfKey.containsKey(key(alias))) {
            throw new IllegalArgumentException("the " + kind + " name \"" + alias + "\" is taken");
        }
        aliasNames.add(alias);
    }

    /** The other names of the parts, as they are written, in the order in which they were added. */
    List<String> aliases() {
        return List.copyOf(aliasNames);
    }

    List<T> all() {
        return List.copyOf(byName.values());
    }

    boolean contains(String name) {
        return byName.containsKey(resolve(name));
    }

    Optional<T> find(String name) {
        return Optional.ofNullable(byName.get(resolve(name)));
    }

    T get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("unknown " + kind + " \"" + name + "\"\nMaybe you mean "
                        + String.join(", ", nearest(name)) + "?"));
    }

    /**
     * A part's own name goes before one that differs in what does not count, and that before an alias: so two parts of a user's
     * file that only the maker tells apart stay two, and one may have a name that is a shipped alias.
     */
    private String resolve(String name) {
        String lower = lower(name);
        String key = key(name);
        return byName.containsKey(lower) ? lower : nameOfKey.getOrDefault(key, aliases.getOrDefault(key, lower));
    }

    /** The names of the parts of which a name or an alias is most like this one. */
    private List<String> nearest(String name) {
        Map<String, Integer> distances = new HashMap<>();
        String typed = key(name);
        names.forEach(known -> distances.put(lower(known), distance(typed, key(known))));
        aliases.forEach((alias, known) -> distances.merge(known, distance(typed, alias), Math::min));
        return names.stream()
                .sorted(Comparator.comparingInt(candidate -> distances.get(lower(candidate))))
                .limit(3)
                .toList();
    }

    private static String lower(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** What counts of a name. */
    private static String key(String name) {
        String lower = lower(name);
        String model =
                BETWEEN_WORDS.matcher(MAKERS.matcher(lower).replaceFirst("")).replaceAll("");
        return model.isEmpty() ? lower : model;
    }

    /** Levenshtein distance, with nothing to pay for what a longer candidate adds at its end. */
    private static int distance(String typed, String candidate) {
        int[] row = new int[candidate.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= typed.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (typed.charAt(i - 1) == candidate.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        int best = row[row.length - 1];
        for (int j = typed.length(); j < row.length; j++) {
            best = Math.min(best, row[j]);
        }
        return best;
    }
}
