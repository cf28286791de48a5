/** English grammar for 861 names: whether one says 'a', 'an' or nothing. */
const bare =
  /^(broccoli|meat on bone|salt|butter|bacon|popcorn|garlic|bread|sushi|oden|dango|sake|ice|mate|coral|wood|fog|foggy|tofu|spaghetti|curry rice|cooked rice|ginger root|leafy green|canned food|ice cream|soft ice cream|shaved ice|baguette bread|cooking|camping|building construction|construction|bowling|tennis|ping pong|badminton|lacrosse|field hockey|ice hockey|baseball|basketball|volleyball|softball|luggage|fire|high voltage|dna|soap|thread|yarn|e-mail|performing arts|pouring liquid|locked|unlocked|locked with .*|money with .*|mount fuji|Tokyo tower|milky way|bubble tea|lipstick|martial arts uniform|sun behind .*|cloud with .*|night with stars|bridge at night|moon viewing ceremony|.*-thirty|.* o’clock|.*(ss)? (hockey))$/;
const plural =
  /^(?!.*(glass|dress|compass|bus|trolleybus|minibus|cactus|lotus|hibiscus|octopus|walrus|campus|abacus|tennis|grass|moss|chess|rhinoceros|hippopotamus|cross|princess|mattress|seas|gas|canvas)$).*[^s]s$/;
const known = new Set(['skis', 'briefs', 'jeans', 'shorts', 'scissors', 'glasses', 'maracas', 'peanuts']);

/** 'a fox', 'an owl', 'grapes', 'salt'. */
export function withArticle(name: string): string {
  if (/^(Statue of Liberty|sun|kaaba|milky way)$/.test(name)) return `the ${name}`;
  const head = name.split(/ (?:with|of|in|on|behind|showing|at|over|without) /)[0] ?? name;
  if (bare.test(name) || known.has(head) || plural.test(head)) return name;
  return `${/^([aeio]|un(?!i)|u[^ns]|umb|x-ray|hourglass|SUV)/i.test(name) && !/^(one|euro|ewe)/.test(name) ? 'an' : 'a'} ${name}`;
}

/** First letter upper case, the rest as it is. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
