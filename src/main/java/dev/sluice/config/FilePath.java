package dev.sluice.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The path of a file, or the empty text for none. Whether the file is there is asked elsewhere. */
record FilePath() implements ValueType<Optional<Path>> {

  @Override
  public Optional<Path> parse(String text) throws WrongValue {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw new WrongValue("is not a path", "name the file, or leave the key out");
    }
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      throw new WrongValue("is not a path", "name the file, or leave the key out");
    }
  }

  @Override
  public String format(Optional<Path> value) {
    return value.map(Path::toString).orElse("");
  }

  @Override
  public String describe() {
    return "path";
  }
}
