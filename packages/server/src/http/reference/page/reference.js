// Starts Scalar in Russian with everything off that would speak to anyone but this centre. It must
// never keep a token: what a reader types is gone with the page.

window.Scalar.createApiReference('#reference', {
  url: '/docs/openapi.json',
  localization: { locale: 'ru' },
  theme: 'none',
  layout: 'modern',
  telemetry: false,
  withDefaultFonts: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  persistAuth: false,
  hiddenClients: true,
  documentDownloadType: 'both',
  defaultOpenAllTags: true,
  hideModels: true,
  orderSchemaPropertiesBy: 'preserve',
  orderRequiredPropertiesFirst: false,
  metaData: { title: 'ByFly Pay — справочник API' },
})

document.getElementById('loading').remove()
