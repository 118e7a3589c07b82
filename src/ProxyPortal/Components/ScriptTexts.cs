namespace ProxyPortal.Components;

/// <summary>The words that scripts say. They reach them in the page, where its language has other words than the scripts' own (<c>wwwroot/js/words.js</c>).</summary>
public sealed class ScriptTexts;
